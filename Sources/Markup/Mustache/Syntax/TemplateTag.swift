/// A tag of a template's text.
struct TemplateTag: Sendable {
    enum Kind: Sendable {
        case value, rawValue, section, invertedSection, close, comment, partial, parent, block, delimiters
    }

    let kind: Kind
    /// What stands in it, without white space around.
    let name: String
    /// Where it begins.
    let place: TemplatePlace
    /// Of a closing tag: the kind of tag that is open there.
    var closes: Kind?

    /// The tag as it is written by default: `{{#name}}`.
    var text: String {
        switch kind {
        case .value: "{{\(name)}}"
        case .rawValue: "{{{\(name)}}}"
        case .section: "{{#\(name)}}"
        case .invertedSection: "{{^\(name)}}"
        case .close: "{{/\(name)}}"
        case .comment: "{{!\(name)}}"
        case .partial: "{{>\(name)}}"
        case .parent: "{{<\(name)}}"
        case .block: "{{$\(name)}}"
        case .delimiters: "{{=\(name)=}}"
        }
    }
}

extension TemplateTag.Kind {
    /// Whether a closing tag must follow.
    var isOpening: Bool {
        switch self {
        case .section, .invertedSection, .parent, .block: true
        default: false
        }
    }

    /// Whether it belongs to the inheritance of templates.
    var isInheritance: Bool { self == .parent || self == .block }

    init?(sigil: UInt8) {
        switch sigil {
        case UInt8(ascii: "{"), UInt8(ascii: "&"): self = .rawValue
        case UInt8(ascii: "#"): self = .section
        case UInt8(ascii: "^"): self = .invertedSection
        case UInt8(ascii: "/"): self = .close
        case UInt8(ascii: "!"): self = .comment
        case UInt8(ascii: ">"): self = .partial
        case UInt8(ascii: "<"): self = .parent
        case UInt8(ascii: "$"): self = .block
        case UInt8(ascii: "="): self = .delimiters
        default: return nil
        }
    }
}
