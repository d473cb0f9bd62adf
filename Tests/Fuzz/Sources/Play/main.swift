import Markup
import Foundation
if CommandLine.arguments.count > 2 {
    var bad = 0
    for seed in 0..<(Int(CommandLine.arguments[2]) ?? 0) {
        var soup = TagSoup(seed: UInt64(seed))
        let html = soup.text(pieces: 2 + seed % 60)
        let clean = Sanitizer.clean(html) { $1 }.text
        let again = Sanitizer.clean(clean) { $1 }.text
        let problems = CleanHTMLCheck.problems(in: clean)
        if CommandLine.arguments[1] == "dump" { print(clean.replacingOccurrences(of: "\n", with: " ")); continue }
        if !problems.isEmpty || clean != again {
            bad += 1
            if bad < 6 { print(seed, html.debugDescription, "\n   ", clean, "\n   ", again == clean ? "" : again, "\n  ", problems) }
        }
    }
    print("bad:", bad)
    exit(0)
}
let data = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
let links: (LinkUse, String) -> String? = { $1 }
let n = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 0 : 0
func now() -> Double { var t = timespec(); clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9 }
if n > 0 {
    for round in 0..<3 {
    let t = now()
    var c = 0
    for _ in 0..<n { c += Sanitizer.clean(data, links: links).text.utf8.count }
    let u = now()
    for _ in 0..<n { c += HTMLText.text(of: data).utf8.count }
    let v = now()
    print(round, "in", data.utf8.count, "out", c / n, "clean us/KB", (u - t) * 1e6 / Double(n) / (Double(data.utf8.count) / 1024), "s", u - t, "text s", v - u)
    }
} else {
    for line in data.split(separator: "\n") {
        let s = String(line).replacingOccurrences(of: "\\n", with: "\n")
        let a = Sanitizer.clean(s, links: links).text
        let b = Sanitizer.clean(a, links: links).text
        print(line, "\n    ", a, a == b ? "" : "\n  !! \(b)")
        print("    ", HTMLText.text(of: s))
    }
}
