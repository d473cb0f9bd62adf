import Bytes
import Markup

extension SnapshotCheck {
    /// The first ``limit`` links of the HTML pages among `artifacts` that lead to no file of the snapshot
    /// (`spec/catalog.md` §5.5.3).
    ///
    /// Looked at are the values of `href` and `src` as our templates write them, in double quotes; what leads to another
    /// site is not followed.
    ///
    /// - Parameter elsewhere: the folders below the public root whose files come from elsewhere than the snapshot.
    public func linkProblems(
        in artifacts: [Artifact], elsewhere: [String] = ["media/", "documents/"]
    ) -> [SnapshotProblem] {
        let pages = artifacts.filter { $0.path.utf8.suffix(5).elementsEqual(".html".utf8) }
        guard !pages.isEmpty else { return [] }
        var check = SiteLinkCheck(files: artifacts.lazy.map(\.path), elsewhere: elsewhere)
        var problems: [SnapshotProblem] = []
        for page in pages where problems.count < limit { problems += check.problems(in: page) }
        return Array(problems.prefix(limit))
    }
}

/// The links of a site. The many that are written in full from the site's root are looked up by a hash of their bytes
/// alone, so that a site of ten thousand pages costs next to nothing.
private struct SiteLinkCheck {
    /// What may follow the way to the site's root in a link.
    private var targets: Set<UInt64> = []
    private let elsewhere: [[UInt8]]
    private var page: [UInt8] = []

    private static let root = "\(SnapshotRenderer.publicRoot)/"

    init(files: some Sequence<String>, elsewhere: [String]) {
        self.elsewhere = elsewhere.map { Array($0.utf8) }
        for file in files where file.hasPrefix(Self.root) {
            let path = PercentEncoding.path(String(file.dropFirst(Self.root.count)))
            targets.insert(hash(of: path.utf8))
            let index = "index.html"
            if path == index || path.hasSuffix("/" + index) {
                targets.insert(hash(of: path.utf8.dropLast(index.utf8.count)))
            }
        }
    }

    mutating func problems(in artifact: Artifact) -> [SnapshotProblem] {
        page.removeAll(keepingCapacity: true)
        artifact.body.forEachRun(snapshotID: ArtifactBody.placeholder) { page.append(contentsOf: $0) }
        let folder = artifact.path.utf8.dropFirst(Self.root.utf8.count).split(separator: UInt8(ascii: "/")).dropLast()
        var broken: [ArraySlice<UInt8>] = []
        page.withUnsafeBufferPointer { bytes in
            var index = 5
            while index + 1 < bytes.count {
                guard bytes[index] == UInt8(ascii: "="), bytes[index + 1] == UInt8(ascii: "\""),
                    isLink(bytes, before: index)
                else {
                    index += 1
                    continue
                }
                let start = index + 2
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
                if !leadsSomewhere(bytes[start..<end], from: folder) { broken.append(page[start..<end]) }
                index = end + 1
            }
        }
        return broken.map {
            SnapshotProblem(
                path: artifact.path, pointer: "",
                text: "links to \(String(decoding: $0.prefix(200), as: UTF8.self)), which the snapshot does not have")
        }
    }

    /// Whether ` href` or ` src` ends before `index`.
    private func isLink(_ bytes: UnsafeBufferPointer<UInt8>, before index: Int) -> Bool {
        switch bytes[index - 1] {
        case UInt8(ascii: "f"):
            bytes[index - 2] == UInt8(ascii: "e") && bytes[index - 3] == UInt8(ascii: "r")
                && bytes[index - 4] == UInt8(ascii: "h") && bytes[index - 5] == UInt8(ascii: " ")
        case UInt8(ascii: "c"):
            bytes[index - 2] == UInt8(ascii: "r") && bytes[index - 3] == UInt8(ascii: "s")
                && bytes[index - 4] == UInt8(ascii: " ")
        default: false
        }
    }

    private func leadsSomewhere(
        _ link: Slice<UnsafeBufferPointer<UInt8>>, from folder: ArraySlice<Substring.UTF8View.SubSequence>
    ) -> Bool {
        let end = link.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? link.endIndex
        var path = link[..<end]
        if path.isEmpty { return true }
        if path.first == UInt8(ascii: "/") {
            path = path.dropFirst()
            // Of two slashes the first part is another host.
            if path.first == UInt8(ascii: "/") { return true }
        } else if path.first == UInt8(ascii: ".") {
            var depth = folder.count
            while path.starts(with: "../".utf8) {
                path = path.dropFirst(3)
                depth -= 1
            }
            if depth == folder.count, path.starts(with: "./".utf8) { path = path.dropFirst(2) }
            if depth > 0 {
                let above = folder.prefix(depth).flatMap { Array($0) + [UInt8(ascii: "/")] }
                return isKnown(PercentEncoding.path(String(decoding: above, as: UTF8.self)).utf8 + Array(path))
            }
            if depth < 0 { return false }
        } else {
            return path.contains(UInt8(ascii: ":"))
        }
        return isKnown(path)
    }

    private func isKnown(_ path: some Collection<UInt8>) -> Bool {
        targets.contains(hash(of: path)) || elsewhere.contains { path.starts(with: $0) }
    }
}

/// FNV-1a, 64 bits.
private func hash(of bytes: some Collection<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
