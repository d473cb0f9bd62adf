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

    /// Rich text as plain text, a line a paragraph, item or heading.
    private static func paragraphs(of html: String) -> String {
        var lines: [String] = []
        var rest = html[...]
        while !rest.isEmpty {
            let ends = ["</p>", "</li>", "</h", "<br", "</tr>", "</blockquote>"].compactMap { rest.firstRange(of: $0) }
            let end = ends.map(\.lowerBound).min().flatMap { rest[$0...].firstIndex(of: ">") }
            let chunk = end.map { rest[...$0] } ?? rest
            let line = HTMLText.text(of: String(chunk))
            if !line.isEmpty { lines.append(line) }
            rest = rest[chunk.endIndex...]
        }
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
            members.map { words($0.value) }.filter { !$0.isEmpty }.joined(separator: "\n")
        case .array(let elements): elements.map(words).filter { !$0.isEmpty }.joined(separator: "\n")
        case .string(let text): text.contains("<") ? Self.paragraphs(of: text) : text
        case .number(let text): text
        case .bool(let flag): flag ? "yes" : "no"
        case .null: ""
        }
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
