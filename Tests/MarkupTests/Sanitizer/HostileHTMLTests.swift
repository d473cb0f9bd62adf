import Markup
import Testing

@Suite("Hostile rich text")
struct HostileHTMLTests {
    @Test(
        "no trick of filter evasion leaves anything that runs",
        arguments: [
            "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
            "<script/x>alert(1)</script>", "<<script>alert(1)//<</script>", "<script\u{0}>alert(1)</script>",
            "<img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<img \"\"\"><script>alert(1)</script>\">",
            "<img src=x:alert(1) onerror=eval(src)>", "<img src=`javascript:alert(1)`>",
            "<img src=\"x\" \u{1}onerror=\"alert(1)\">",
            "<a href=\"jav&#x09;ascript:alert(1)\">a</a>", "<a href=java&#0;script:alert(1)>a</a>",
            "<a href=\" &#14; javascript:alert(1)\">a</a>", "<a href='&#0000106avascript:alert(1)'>a</a>",
            "<a href=\"javascript\n:alert(1)\">a</a>", "<a \n href\n=\njavascript:alert(1)>a</a>",
            "<p style=\"background:url(javascript:alert(1))\">a</p>", "<p style='width:expression(alert(1))'>a</p>",
            "<style>@import 'https://x.example/a.css';</style>", "<style>p{background:url(\"javascript:1\")}</style>",
            "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
            "<svg><a xlink:href=javascript:alert(1)>a</a></svg>",
            "<svg><p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<math href=javascript:alert(1)>a</math>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<template><img src=x onerror=alert(1)></template>",
            "<select><template><img src=x onerror=alert(1)></template></select>",
            "<textarea><img src=x onerror=alert(1)></textarea>",
            "<title><img src=x onerror=alert(1)></title>", "<plaintext><img src=x onerror=alert(1)>",
            "<listing>&lt;img onerror=alert(1) src=x&gt;</listing>",
            "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
            "<table background=javascript:alert(1)><td background='javascript:alert(1)'>a</table>",
            "<base href=javascript:alert(1)//><a href=/x>a</a>",
            "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe src=javascript:alert(1)>",
            "<embed src=javascript:alert(1)>",
            "<object data=javascript:alert(1)></object>", "<applet code=x></applet>",
            "<frameset onload=alert(1)><frame src=x>",
            "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>a</button><input type=image src=x></form>",
            "<isindex action=javascript:alert(1)>", "<details open ontoggle=alert(1)><summary>a</summary></details>",
            "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>",
            "<marquee onstart=alert(1)>a</marquee>",
            "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<!--><img src=x onerror=alert(1)>-->",
            "<!-- --!><img src=x onerror=1>",
            "<![CDATA[<img src=x onerror=alert(1)>]]>", "<?xml version=1.0?><script>alert(1)</script>",
            "<!doctype a [<!ENTITY b 'c'>]>&b;",
            "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<a href=\"/x\" title='\"><script>alert(1)</script>'>a</a>",
            "<abbr title=\"`onmouseover=alert(1) \">a</abbr>", "<p id=location name=cookie>a</p>",
            "<a href=/x target=_blank ping=//x>a</a>",
            "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
            "<link rel=stylesheet href=//x.example/a.css>",
            "<bgsound src=javascript:alert(1)>", "<layer src=//x.example/a.js></layer>",
            "<body onload=alert(1) background=javascript:1>a",
        ])
    func evasion(html: String) {
        let clean = Sanitizer.clean(html) { $1 }.text
        #expect(CleanHTMLCheck.problems(in: clean) == [], "\(clean)")
        #expect(Sanitizer.clean(clean) { $1 }.text == clean)
        #expect(!clean.contains("<script") && !clean.contains("<svg"))
    }

    /// Each would take minutes, or the stack, if its parts were looked at in turn for each part.
    private static let bombs: [(name: String, html: String)] = [
        ("nested", repeated("<b>", 1_000_000) + "x"), ("nested blocks", repeated("<div><ul><li>", 10_000) + "x"),
        ("stray ends", "<i><div>" + repeated("<b>", 400) + repeated("</i>", 100_000) + "x"),
        ("attributes", "<p " + (0..<100_000).map { "a\($0)=1" }.joined(separator: " ") + ">x"),
        ("link around all", "<a href=\"" + repeated("y", 4000) + "\">" + repeated("<p>x", 20_000)),
        ("comment", "<!--" + repeated(" x", 100_000) + "-->x"), ("text", repeated("x ", 200_000)),
        ("entities", "<!DOCTYPE x [<!ENTITY a '&a;&a;'>]>" + repeated("&a;", 100_000) + "x"),
        ("open tags", repeated("<", 100_000) + " x"),
        ("leading space", repeated("\n ", 20_000) + "<b>x</b>"), ("tables", repeated("<table><tr><td>", 20_000) + "x"),
    ]

    private static func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    @Test(
        "what is made to take long takes no long time and keeps its text", .timeLimit(.minutes(10)),
        arguments: bombs.indices)
    func large(index: Int) {
        let (name, html) = HostileHTMLTests.bombs[index]
        let clean = Sanitizer.clean(html) { $1 }.text
        let text = HTMLText.text(of: html)
        #expect(clean.contains("x") && text.contains("x"), "\(name)")
        #expect(clean.utf8.count < 20 * html.utf8.count, "\(name)")
        #expect(clean.hasPrefix("<"), "\(name)")
    }
}
