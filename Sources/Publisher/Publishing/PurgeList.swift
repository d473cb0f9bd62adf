import Bytes

/// What caches are to forget when another snapshot is served (`spec/catalog.md` §5.5.7): a key for each course and program
/// whose public document changed, came or went.
enum PurgeList {
    /// The file in the output folder that holds, a line each and sorted, the keys of all switches since it was last taken away.
    static let name = "purge.txt"

    private static let kinds = [
        (folder: Array("public/api/v2/courses/".utf8), key: "mitxonline:course:"),
        (folder: Array("public/api/v2/programs/".utf8), key: "mitxonline:program:"),
    ]
    private static let document = Array("/index.json".utf8)

    /// The keys of what differs between two snapshots, sorted.
    static func keys(from older: Manifest, to newer: Manifest) -> [String] {
        var keys: [String] = []
        newer.compare(with: older) { change in
            switch change {
            case .unchanged: break
            case .written(let place): keys += key(of: newer.path(of: newer.lines[place]))
            case .removed(let place): keys += key(of: older.path(of: older.lines[place]))
            }
        }
        return keys.sorted { ByteKey($0) < ByteKey($1) }
    }

    /// The readable ids in `manifest` of the courses or programs, by the beginning of their keys.
    static func readableIDs(in manifest: Manifest, key: String) -> Set<ByteKey> {
        Set(
            manifest.lines.lazy.flatMap { self.key(of: manifest.path(of: $0)) }
                .filter { $0.hasPrefix(key) }.map { ByteKey(String($0.dropFirst(key.count))) })
    }

    static let courses = kinds[0].key
    static let programs = kinds[1].key

    /// The key for the file at `path`, if it is a document under a readable id.
    private static func key(of path: ArraySlice<UInt8>) -> [String] {
        for kind in kinds where path.starts(with: kind.folder) {
            let name = path.dropFirst(kind.folder.count).dropLast(document.count)
            guard !name.isEmpty, path.suffix(document.count) == document[...], !name.contains(UInt8(ascii: "/")),
                !name.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
            else { return [] }
            return [kind.key + String(decoding: name, as: UTF8.self)]
        }
        return []
    }
}

extension LockedOutput {
    /// Adds `keys` to the list of what caches are to forget. Whoever tells them takes the list away first, so that no key is
    /// lost: one that is told twice does no harm.
    func addToPurgeList(_ keys: [String]) throws(PublishError) {
        guard !keys.isEmpty else { return }
        let known = try root.contents(of: PurgeList.name) ?? []
        let lines = Set(
            known.split(separator: UInt8(ascii: "\n")).map { ByteKey(String(decoding: $0, as: UTF8.self)) }
                + keys.map(ByteKey.init))
        var buffer = ByteBuffer()
        for line in lines.sorted() {
            buffer.append(line.text)
            buffer.append("\n")
        }
        if buffer.bytes != known { try replace(PurgeList.name, in: root, with: buffer.bytes) }
    }
}
