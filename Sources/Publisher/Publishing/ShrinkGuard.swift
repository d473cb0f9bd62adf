import Bytes
import Snapshot

/// Refuses a snapshot that lacks much of what is served: MIT Learn unpublishes everything that is missing from a list
/// (`spec/catalog.md` §5.5.4).
struct ShrinkGuard {
    /// What is counted.
    enum Kind: CaseIterable {
        case liveCourses, coursesInLearnCatalog, programs

        /// The name of the count in `snapshot.json`.
        var count: String {
            switch self {
            case .liveCourses: "courses_live"
            case .coursesInLearnCatalog: "courses_in_learn_catalog"
            case .programs: "programs"
            }
        }

        fileprivate var words: String {
            switch self {
            case .liveCourses: "live courses"
            case .coursesInLearnCatalog: "courses of MIT Learn's catalog"
            case .programs: "live programs"
            }
        }
    }

    let before: SnapshotDocument
    let after: SnapshotDocument

    /// How many names a refusal gives.
    static let namesShown = 20

    /// Throws when any of the counts falls by more than 20 % and more than 3, or to zero.
    ///
    /// - Parameter lost: the readable ids that are missing, asked for only then.
    func check(lost: (Kind) throws(PublishError) -> [String]) throws(PublishError) {
        var losses: [String] = []
        for kind in Kind.allCases {
            guard let old = before.count(kind.count), let new = after.count(kind.count), Self.isTooMuch(old, new) else {
                continue
            }
            let names = try lost(kind)
            let shown = names.prefix(Self.namesShown).joined(separator: ", ")
            let more = names.count > Self.namesShown ? " and \(names.count - Self.namesShown) more" : ""
            losses.append("\(kind.words) fall from \(old) to \(new)" + (names.isEmpty ? "" : ": \(shown)\(more)"))
        }
        guard !losses.isEmpty else { return }
        throw PublishError(
            .shrunk, "replace", because: losses.joined(separator: "; "), path: OutputFolder.currentName)
    }

    static func isTooMuch(_ before: Int, _ after: Int) -> Bool {
        let lost = before - after
        return before > 0 && (after == 0 || lost > 3 && lost * 5 > before)
    }
}

extension LockedOutput {
    /// The readable ids of what the kept snapshot `id` has and `snapshot` has not, sorted.
    func lost(
        _ kind: ShrinkGuard.Kind, from id: String, to snapshot: FinishedSnapshot
    ) throws(PublishError) -> [String] {
        let old = folder.manifest(of: id) ?? Manifest()
        let before: Set<ByteKey>
        let after: Set<ByteKey>
        switch kind {
        case .liveCourses, .programs:
            let key = kind == .programs ? PurgeList.programs : PurgeList.courses
            before = PurgeList.readableIDs(in: old, key: key)
            after = PurgeList.readableIDs(in: snapshot.manifest, key: key)
        case .coursesInLearnCatalog:
            let paths = old.lines.map(old.pathText).filter(LearnCatalogPages.isPage)
            var pages: [[UInt8]] = []
            for path in paths { pages += [try snapshots.contents(of: "\(id)/\(path)")].compactMap(\.self) }
            before = LearnCatalogPages.readableIDs(in: pages)
            after = LearnCatalogPages.readableIDs(
                in: snapshot.files.filter { LearnCatalogPages.isPage($0.path) }.map { $0.body.bytes(snapshotID: "") })
        }
        return before.subtracting(after).sorted().map(\.text)
    }
}

/// The pages of the list that MIT Learn's ETL reads.
private enum LearnCatalogPages {
    static func isPage(_ path: String) -> Bool {
        path.hasPrefix("internal/api/internal/courses/page/") && path.hasSuffix("/index.json")
    }

    /// The readable ids of the courses in `pages` that MIT Learn is to list.
    static func readableIDs(in pages: [[UInt8]]) -> Set<ByteKey> {
        Set(
            pages.lazy.compactMap { try? JSONValue(parsing: $0)["results"]?.array }.joined()
                .filter { $0["include_in_learn_catalog"] == .bool(true) }
                .compactMap { $0["readable_id"]?.string }.map(ByteKey.init))
    }
}
