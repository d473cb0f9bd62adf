const form = document.getElementById('catalog-filters');
const cards = [...document.querySelectorAll('#results > li')];
const names = ['q', 'department', 'topic', 'availability'];

function show() {
    const wanted = Object.fromEntries(names.map(name => [name, form.elements[name].value]));
    let count = 0;
    for (const card of cards) {
        const fits = card.innerText.toLowerCase().includes(wanted.q.toLowerCase())
            && names.slice(1).every(name => !wanted[name] || card.dataset[name] === wanted[name]);
        card.hidden = !fits;
        count += fits;
    }
    document.getElementById('result-count').textContent = count === 1 ? '1 course' : `${count} courses`;
}

function read() {
    const query = new URLSearchParams(location.search);
    for (const name of names) form.elements[name].value = query.get(name) || '';
    for (const card of cards) card.hidden = false;
    show();
}

function change(event) {
    for (const card of cards) card.hidden = false;
    const query = new URLSearchParams();
    for (const name of names) if (form.elements[name].value) query.set(name, form.elements[name].value);
    const address = location.pathname + (query.size ? `?${query}` : '');
    if (event.target.name === 'q') history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    show();
}

form.hidden = false;
form.addEventListener('input', change);
form.addEventListener('submit', event => event.preventDefault());
addEventListener('popstate', read);
read();
