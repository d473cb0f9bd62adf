import Bytes
import Catalog
import Markup

/// Where the links of previewed pages lead: to other drafts, which stand beside each other in folders named for their pages, to
/// the preview's own assets and media, and for all else to the site that is served.
///
/// Pages are rendered with ``root`` in place of a way to the site's root; what it stands before is seen when they are done.
struct PreviewLinks: Sendable {
    /// Stands for the site's root in a page that is being rendered; no address has it.
    static let root = "@@ROOT@@/"

    private let drafts: [ByteKey: Int]
    private let siteBaseURL: String
    /// Whether the file of the media storage will stand beside the preview.
    private let hasMedia: @Sendable (String) -> Bool
    /// The files of the media storage that pages show beside themselves, such as `media/original_images/dome.png`.
    private(set) var media: Set<ByteKey> = []

    init(_ plan: SitePlan, draftIDs: Set<Int>, siteBaseURL: String, hasMedia: @escaping @Sendable (String) -> Bool) {
        var drafts: [ByteKey: Int] = [:]
        for id in draftIDs {
            guard let path = plan.pagePaths[id] else { continue }
            for spelling in [path, PercentEncoding.path(path)] { drafts[ByteKey(spelling)] = id }
        }
        self.drafts = drafts
        self.siteBaseURL = siteBaseURL
        self.hasMedia = hasMedia
    }

    /// The page with its links, as the page reaches the preview's root by `top`: `./` or `../`.
    mutating func resolved(_ page: [UInt8], top: String) -> [UInt8] {
        let mark = Array(Self.root.utf8)
        var result = ByteBuffer(capacity: page.count)
        var rest = page[...]
        while let start = rest.start(of: mark) {
            result.append(String(decoding: rest[..<start], as: UTF8.self))
            let tail = rest[(start + mark.count)...]
            let end = tail.firstIndex(where: Self.endsAddress) ?? tail.endIndex
            result.append(target(of: String(decoding: tail[..<end], as: UTF8.self), top: top))
            rest = tail[end...]
        }
        result.append(String(decoding: rest, as: UTF8.self))
        return result.bytes
    }

    /// Whether an attribute or a word ends before the byte.
    private static func endsAddress(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "<") || byte <= 0x20
    }

    private mutating func target(of address: String, top: String) -> String {
        let end = address.firstIndex { $0 == "?" || $0 == "#" } ?? address.endIndex
        let (path, rest) = (address[..<end], address[end...])
        if let id = drafts[ByteKey(String(path))] { return "\(top)\(id)/\(rest)" }
        if path.hasPrefix("media/") || path.hasPrefix("documents/"), let file = String(path).percentDecoded {
            if hasMedia(file) {
                media.insert(ByteKey(file))
                return top + address
            }
        }
        return "\(siteBaseURL)/\(address)"
    }
}

extension ArraySlice<UInt8> {
    /// Where `mark` stands for the first time; nil when it does not.
    fileprivate func start(of mark: [UInt8]) -> Int? {
        var index = startIndex
        while let candidate = self[index...].firstIndex(of: mark[0]) {
            if self[candidate...].starts(with: mark) { return candidate }
            index = candidate + 1
        }
        return nil
    }
}
