import Markup
import Foundation
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
