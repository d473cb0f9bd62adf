import Foundation

/// The repository's own source files, as text.
struct SourceTree {
    struct File: Sendable {
        /// The path below the repository's root: `Sources/Bytes/SHA256.swift`.
        let path: String
        let text: String
        /// The lines without comments and without what stands in string literals.
        let code: [String]

        /// The target it belongs to.
        var target: String { String(path.split(separator: "/")[1]) }
    }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The paths of all files below `folder`, relative to it and sorted.
    static func paths(below folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted().filter {
            var isFolder: ObjCBool = false
            let path = root.appendingPathComponent("\(folder)/\($0)").path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }

    /// All Swift files below `folder`, in the order of their paths.
    static func files(in folder: String) throws -> [File] {
        let names =
            FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)?
            .compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let path = "\(folder)/\(name)"
            let text = try text(of: path)
            return File(path: path, text: text, code: try withoutTexts(text).components(separatedBy: "\n"))
        }
    }

    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Blanks comments and string literals; what is interpolated into a literal is blanked with it.
    static func withoutTexts(_ source: String) throws -> String {
        let patterns = [
            #"/\*[\s\S]*?\*/"#,
            #"//[^\n]*"#,
            ##"(#*)"""[\s\S]*?"""\1"##,
            ##"#"[^\n]*?"#"##,
            #""(?:\\\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\)|\\[^(]|[^"\\\n])*""#,
        ]
        let all = try NSRegularExpression(pattern: patterns.joined(separator: "|"))
        let whole = source as NSString
        var code = ""
        var end = 0
        for match in all.matches(in: source, range: NSRange(location: 0, length: whole.length)) {
            code += whole.substring(with: NSRange(location: end, length: match.range.location - end))
            let lineFeeds = whole.substring(with: match.range).filter { $0 == "\n" }
            code += "\"\"" + lineFeeds
            end = match.range.location + match.range.length
        }
        return code + whole.substring(from: end)
    }
}
