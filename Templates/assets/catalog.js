// The site's one script: links between pages on disk, and the search of the catalog. Pages read well without it.
(function () {
  "use strict";

  // A server answers a folder's address with its index.html; from disk it has to be named.
  function nameFiles(root) {
    if (location.protocol !== "file:") return;
    for (const link of root.querySelectorAll("a[href^='./'], a[href^='../']")) {
      const href = link.getAttribute("href");
      link.setAttribute("href", href.replace(/^([^?#]*\/)([?#].*)?$/, "$1index.html$2"));
    }
  }

  nameFiles(document);

  const form = document.getElementById("catalog-filters");
  if (!form) return;

  const results = document.getElementById("results");
  const count = document.getElementById("result-count");
  const nothing = document.getElementById("no-results");
  const cardTemplate = document.getElementById("result-card").content.firstElementChild;
  const fields = Array.from(form.elements).filter((field) => field.name);
  const { kind, root, index: indexURL } = form.dataset;
  const noun = kind === "courses" ? "course" : "program";
  const cardsAtATime = 60;

  const valuesBy = (value) => Object.fromEntries(fields.map((field) => [field.name, value(field)]));

  // What the page shows by itself: the whole list, or a department's or topic's.
  const own = {
    nodes: Array.from(results.childNodes),
    count: count.textContent,
    values: valuesBy(({ options }) => Array.from(options || []).find((each) => each.defaultSelected)?.value ?? ""),
  };

  const asked = () => valuesBy((field) => field.value.trim());

  const isOwn = (query) => fields.every(({ name }) => query[name] === own.values[name]);

  function ask(values) {
    for (const field of fields) {
      field.value = values[field.name];
      if (field.selectedIndex < 0) field.value = own.values[field.name];
    }
  }

  function askAddress() {
    const given = new URLSearchParams(location.search);
    ask(valuesBy(({ name }) => given.get(name) ?? own.values[name]));
  }

  let isTyping = false;

  // Each letter would be a step of its own for Back; all that is typed in a row is one.
  function keepInAddress(query, typed) {
    const given = new URLSearchParams();
    for (const { name } of fields) if (query[name] !== own.values[name]) given.set(name, query[name]);
    const text = given.toString();
    const url = location.pathname + (text ? "?" + text : "");
    if (url === location.pathname + location.search) return;
    try {
      history[typed && isTyping ? "replaceState" : "pushState"](null, "", url);
    } catch {
      // A file may keep its address.
    }
    isTyping = typed;
  }

  let index = null;
  let loading = null;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      window.catalogIndex = (data) => {
        index = prepared(data);
        resolve();
      };
      const script = document.createElement("script");
      script.src = indexURL;
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }

  const letters = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ß: "ss", ı: "i" };

  // The words of a text without case and accents, a space before each. Signs at the end are part of it: C++, C#.
  function words(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[øłđðþæœßı]/g, (x) => letters[x]);
    return (plain.match(/[\p{L}\p{N}]+(?:[+#]+(?![\p{L}\p{N}]))?/gu) ?? []).map((word) => " " + word);
  }

  function prepared(data) {
    const named = (places, table) => places.map((place) => table[place]);
    const base = data.bases[kind];
    return data[kind].map(([title, ownID, image, note, departments, topics, people, availability]) => {
      const id = data.ids[kind] + ownID;
      const filed = named(departments, data.departments).concat(named(topics, data.topics));
      const texts = [title, id, id.replaceAll(".", ""), ...filed.map(([, name]) => name), ...named(people, data.people)];
      if (kind === "programs") texts.push(data.notes[note]);
      return {
        title,
        link: /^https?:/.test(base) ? base + id : root + base + id + "/",
        number: kind === "courses" && id.split("+").slice(1).pop(),
        image: image < 0 ? "" : root + data.imageBase + data.images[image],
        note: data.notes[note],
        department: named(departments, data.departments).map((each) => each[0]),
        topic: named(topics, data.topics).map((each) => each[0]),
        availability: [data.availabilities[availability]],
        inTitle: words(title).join("") + " ",
        inAll: words(texts.join(" ")).join(""),
      };
    });
  }

  // Each word has to begin one there. First comes what has all of them in its title, then what has all begin one there.
  function found(query) {
    const wanted = words(query.q);
    const filters = fields.map(({ name }) => name).filter((name) => name !== "q" && query[name]);
    const hits = index.filter(
      (entry) => filters.every((name) => entry[name].includes(query[name])) && wanted.every((word) => entry.inAll.includes(word)),
    );
    const rank = ({ inTitle }) => ["", " "].filter((end) => !wanted.every((word) => inTitle.includes(word + end))).length;
    return hits.map((entry) => [rank(entry), entry]).sort((a, b) => a[0] - b[0]).map(([, entry]) => entry);
  }

  function card(entry) {
    const item = cardTemplate.cloneNode(true);
    const say = (selector, text) => {
      const element = item.querySelector(selector);
      if (text) element.textContent = text;
      else element.remove();
    };
    say(".badge", kind === "programs" && entry.note);
    say(".card-number", entry.number);
    say(".card-date", kind === "courses" && entry.note);
    say("h3 a", entry.title);
    item.querySelector("h3 a").setAttribute("href", entry.link);
    if (entry.image) item.querySelector("img").src = entry.image;
    return item;
  }

  function showHits(hits) {
    const list = document.createElement("ul");
    list.className = "cards";
    results.replaceChildren(list);
    const addMore = () => {
      const from = list.childElementCount;
      list.append(...hits.slice(from, from + cardsAtATime).map(card));
      nameFiles(list);
      return list.children[from];
    };
    addMore();
    if (hits.length > cardsAtATime) {
      const more = document.createElement("button");
      more.type = "button";
      more.textContent = "Show more";
      more.addEventListener("click", () => {
        const first = addMore();
        if (list.childElementCount === hits.length) more.parentElement.remove();
        first.querySelector("a").focus();
      });
      const line = document.createElement("p");
      line.className = "more";
      line.append(more);
      results.append(line);
    }
    count.textContent = hits.length === 1 ? "1 " + noun : (hits.length || "No") + " " + noun + "s";
    nothing.hidden = hits.length > 0;
  }

  function showOwn() {
    results.replaceChildren(...own.nodes);
    count.textContent = own.count;
    nothing.hidden = true;
  }

  async function show() {
    const query = asked();
    if (isOwn(query)) return showOwn();
    try {
      if (!index) await load();
    } catch {
      loading = null;
      showOwn();
      count.textContent = "The search could not be loaded. This is the whole list: " + own.count;
      return;
    }
    const now = asked();
    if (isOwn(now)) showOwn();
    else showHits(found(now));
  }

  let timer = 0;

  function change(typed) {
    clearTimeout(timer);
    const act = () => {
      keepInAddress(asked(), typed);
      show();
    };
    // A screen reader is told the number once the typing rests.
    if (typed) timer = setTimeout(act, 250);
    else act();
  }

  function clear(event) {
    event.preventDefault();
    ask(own.values);
    change(false);
    form.elements.q.focus();
  }

  form.addEventListener("input", (event) => change(event.target.name === "q"));
  form.addEventListener("focusin", () => load().catch(() => {}), { once: true });
  form.addEventListener("reset", clear);
  nothing.querySelector("[data-clear]").addEventListener("click", clear);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(false);
  });
  window.addEventListener("popstate", () => {
    isTyping = false;
    askAddress();
    show();
  });

  form.hidden = false;
  askAddress();
  show();
})();
