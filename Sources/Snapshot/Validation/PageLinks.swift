import Bytes

/// Where the links of pages lead: every one that stays on the site must reach a file of the snapshot (`spec/catalog.md` §5.5.3).
///
/// The pages are our own, so their bytes are searched for attributes; nothing is parsed.
public struct PageLinks: Sendable {
    /// The folder that is served as the site's root, such as `public`.
    private let root: String
    /// The paths that links may lead to: files, and folders with an `index.html`, which end in a slash.
    private let targets: Set<PathKey>

    /// What the links of some pages came to.
    public struct Findings: Sendable {
        /// Links that lead nowhere.
        public fileprivate(set) var problems: [SnapshotProblem] = []
        /// The files of the media storage that pages show or link to: paths below the root that begin with `media/` or
        /// `documents/`, not percent-encoded.
        public fileprivate(set) var media: Set<String> = []
    }

    /// The links within the folder `root` of a snapshot that consists of `artifacts`.
    public init(root: String, in artifacts: [Artifact]) {
        self.root = root + "/"
        let index = Array("index.html".utf8)
        var targets: Set<PathKey> = []
        targets.reserveCapacity(artifacts.count * 2)
        for artifact in artifacts where artifact.path.hasPrefix(self.root) {
            let path = Array(artifact.path.utf8.dropFirst(self.root.utf8.count))
            targets.insert(PathKey(path[...]))
            if path.suffix(index.count).elementsEqual(index) { targets.insert(PathKey(path.dropLast(index.count))) }
        }
        self.targets = targets
    }

    /// Looks at the links of all pages among `artifacts`, on all cores; at most `limit` problems are told.
    public func findings(in artifacts: [Artifact], limit: Int = 20) async -> Findings {
        let pages = artifacts.filter { $0.path.hasPrefix(root) && $0.path.hasSuffix(".html") }
        let chunks = await withTaskGroup(of: (Int, Findings).self) { group in
            for start in stride(from: 0, to: pages.count, by: Self.pagesAtATime) {
                group.addTask {
                    var reader = PageLinkReader(targets: targets)
                    for page in pages[start..<min(start + Self.pagesAtATime, pages.count)] {
                        reader.read(page, below: root)
                    }
                    return (start, reader.findings)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
        }
        var findings = Findings()
        for (_, chunk) in chunks {
            findings.problems += chunk.problems.prefix(limit - findings.problems.count)
            findings.media.formUnion(chunk.media)
        }
        return findings
    }

    private static let pagesAtATime = 128
}

/// Reads the links of pages one after the other.
private struct PageLinkReader {
    var findings = PageLinks.Findings()
    private let targets: Set<PathKey>
    /// Links to media that were seen before, as they are written.
    private var seenMedia: Set<PathKey> = []
    private var page: [UInt8] = []

    init(targets: Set<PathKey>) {
        self.targets = targets
    }

    mutating func read(_ artifact: Artifact, below root: String) {
        page.removeAll(keepingCapacity: true)
        artifact.body.forEachRun(snapshotID: []) { page.append(contentsOf: $0) }
        let folder = Array(artifact.path.utf8.dropFirst(root.utf8.count))
        // The text in which `=` and a quote follow one another is an attribute's; text has its quotes escaped.
        var place = 0
        while let quote = page[place...].nextAttributeValue {
            let end = page[quote...].firstIndex(of: UInt8(ascii: "\"")) ?? page.endIndex
            if page[..<(quote - 2)].endsInLinkAttribute { check(page[quote..<end], in: folder, of: artifact.path) }
            place = end
        }
    }

    private mutating func check(_ value: ArraySlice<UInt8>, in file: [UInt8], of path: String) {
        guard let target = target(of: value, from: file) else { return }
        if targets.contains(PathKey(target)) || seenMedia.contains(PathKey(target)) { return }
        // Only what is written with escapes, or is not there, comes this far.
        let decoded = target.decodedLink
        if targets.contains(PathKey(decoded[...])) { return }
        if decoded.starts(with: "media/".utf8) || decoded.starts(with: "documents/".utf8) {
            // A copy: a slice would keep the whole page.
            seenMedia.insert(PathKey(Array(target)[...]))
            findings.media.insert(String(decoding: decoded, as: UTF8.self))
            return
        }
        findings.problems.append(
            SnapshotProblem(
                path: path, pointer: "", text: "a link leads nowhere: \(String(decoding: value, as: UTF8.self))"))
    }

    /// Where a link leads, below the root; nil when it leads to another site, or is none that we write.
    private func target(of value: ArraySlice<UInt8>, from file: [UInt8]) -> ArraySlice<UInt8>? {
        var rest = value.pathOfLink
        if rest.first == UInt8(ascii: "/") { return rest.starts(with: "//".utf8) ? nil : rest.dropFirst() }
        guard rest.first == UInt8(ascii: ".") else { return nil }
        var folder = file.prefix(upTo: file.lastIndex(of: UInt8(ascii: "/")) ?? 0)
        while true {
            if rest.starts(with: "../".utf8) {
                rest = rest.dropFirst(3)
                if folder.isEmpty { return nil }
                folder = folder.prefix(upTo: folder.lastIndex(of: UInt8(ascii: "/")) ?? 0)
            } else if rest.starts(with: "./".utf8) {
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        // Most links go through the root, so that the value itself holds the path.
        return folder.isEmpty ? rest : folder + [UInt8(ascii: "/")] + rest
    }
}

/// A path that is compared and hashed by its bytes.
private struct PathKey: Hashable, Sendable {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// Where the value of the next attribute begins: after `="`.
    fileprivate var nextAttributeValue: Int? {
        var index = startIndex
        while let equals = self[index...].firstIndex(of: UInt8(ascii: "=")) {
            index = equals + 1
            if index < endIndex, self[index] == UInt8(ascii: "\"") { return index + 1 }
        }
        return nil
    }

    /// Whether the name before an `=` is one whose value is an address.
    fileprivate var endsInLinkAttribute: Bool {
        [" href", " src", " poster"].contains { suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    /// What stands before the query and the fragment; `&#` begins a character's escape.
    fileprivate var pathOfLink: ArraySlice<UInt8> {
        let end = indices.first { index in
            self[index] == UInt8(ascii: "?")
                || self[index] == UInt8(ascii: "#") && (index == startIndex || self[index - 1] != UInt8(ascii: "&"))
        }
        return self[..<(end ?? endIndex)]
    }

    /// The path without the escapes of HTML and of addresses.
    fileprivate var decodedLink: [UInt8] {
        var decoded: [UInt8] = []
        var index = startIndex
        while index < endIndex {
            let rest = self[index...]
            if let reference = Self.references.first(where: { rest.starts(with: $0.text.utf8) }) {
                decoded.append(reference.byte)
                index += reference.text.utf8.count
            } else if self[index] == UInt8(ascii: "%"),
                let byte = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                decoded.append(byte)
                index += 3
            } else {
                decoded.append(self[index])
                index += 1
            }
        }
        return decoded
    }

    private static let references: [(text: String, byte: UInt8)] = [
        ("&amp;", UInt8(ascii: "&")), ("&#x27;", UInt8(ascii: "'")), ("&quot;", UInt8(ascii: "\"")),
    ]
}
