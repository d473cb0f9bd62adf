import Bytes
import Catalog
import Markup

/// The values of fields as plain text, for people who compare them.
struct FieldText {
    let catalog: CourseCatalog
    private let instructors: [Int: Instructor]
    private let signatories: [Int: String]

    init(_ catalog: CourseCatalog) {
        self.catalog = catalog
        instructors = Dictionary(catalog.instructors.map { ($0.page.id, $0) }) { first, _ in first }
        let signers = catalog.certificatePages.flatMap(\.signatories)
        signatories = Dictionary(signers.map { ($0.id, $0.name) }) { first, _ in first }
    }

    /// `feature_image` in words: `Feature image`.
    static func label(of field: String) -> String {
        let words = field.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// What stands in a field of that kind; empty for nothing.
    func text(of value: JSONValue, _ kind: FieldChange.Kind) -> String {
        switch kind {
        case .text, .number: plain(value)
        case .richText: value.string.map(Self.paragraphs) ?? ""
        case .flag: value == .bool(true) ? "yes" : value == .bool(false) ? "no" : ""
        case .blocks: (value.array ?? []).map(words).filter { !$0.isEmpty }.joined(separator: "\n\n")
        case .image: value.int.map(image) ?? ""
        case .topics: names(value) { catalog.topics[$0]?.name }
        case .instructors: names(value) { instructors[$0]?.name }
        case .products: names(value) { catalog.pages[$0]?.title }
        case .signatories: names(value) { signatories[$0] }
        case .owner: value.int.map(owner) ?? ""
        }
    }

    /// The tags after which a new line begins, after their `<`; of a heading's and a break's only the beginning, since levels
    /// and spellings differ.
    private static let lineEnds = ["/p>", "/li>", "/h", "br", "/tr>", "/blockquote>"].map { Array($0.utf8) }

    /// Rich text as plain text, a line a paragraph, item or heading. Reads the text once, however many lines it has.
    static func paragraphs(of html: String) -> String {
        let bytes = Array(html.utf8)
        var lines: [String] = []
        func add(_ chunk: ArraySlice<UInt8>) {
            let line = HTMLText.text(of: String(decoding: chunk, as: UTF8.self))
            if !line.isEmpty { lines.append(line) }
        }
        var (start, position) = (0, 0)
        while let tag = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = tag + 1
            let rest = bytes[position...]
            guard lineEnds.contains(where: { rest.starts(with: $0) }) else { continue }
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
            position = end + 1
            add(bytes[start..<position])
            start = position
        }
        add(bytes[start...])
        return lines.joined(separator: "\n")
    }

    private func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text), .number(let text): text
        default: ""
        }
    }

    /// The texts of a block, its type and id left out: they are nothing that anybody reads.
    private func words(_ block: JSONValue) -> String {
        switch block["value"] ?? block {
        case .object(let members):
            Self.inModelOrder(members).map { words($0.value) }.filter { !$0.isEmpty }.joined(separator: "\n")
        case .array(let elements): elements.map(words).filter { !$0.isEmpty }.joined(separator: "\n")
        case .string(let text): text.contains("<") ? Self.paragraphs(of: text) : text
        case .number(let text): text
        case .bool(let flag): flag ? "yes" : "no"
        case .null: ""
        }
    }

    /// The keys of blocks in the order in which editors fill them in; databases keep orders of their own.
    private static let blockKeys = ["heading", "detail", "text", "link", "readable_id", "CEUs"].map { ByteKey($0) }

    private static func inModelOrder(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
        let ranks = members.map { blockKeys.firstIndex(of: ByteKey($0.key)) ?? blockKeys.count }
        return members.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { members[$0] }
    }

    private func image(_ id: Int) -> String {
        guard let image = catalog.media.images[id] else { return "image \(id)" }
        return "\(image.title) (\(image.file))"
    }

    private func owner(_ id: Int) -> String {
        if let course = catalog.course(id) { return "\(course.readableID) \(course.title)" }
        return catalog.program(id).map { "\($0.readableID) \($0.title)" } ?? "\(id)"
    }

    private func names(_ value: JSONValue, _ name: (Int) -> String?) -> String {
        (value.array ?? []).compactMap(\.int).map { name($0) ?? "\($0)" }.joined(separator: "\n")
    }
}
