/// A template as a tree.
indirect enum TemplateNode: Sendable {
    /// The beginning of a line that is printed, with the white space that it begins with.
    case line(indentation: [UInt8], TemplatePlace)
    case text([UInt8], TemplatePlace)
    case value(TemplateValue)
    case section(TemplateSection)
    case include(TemplateInclude)
    case block(TemplateBlock)
}

/// `{{name}}` or `{{{name}}}`.
struct TemplateValue: Sendable {
    let name: TemplateName
    let isRaw: Bool
    let place: TemplatePlace
}

/// `{{#name}}…{{/name}}` or `{{^name}}…{{/name}}`.
struct TemplateSection: Sendable {
    let name: TemplateName
    let isInverted: Bool
    let body: [TemplateNode]
    let place: TemplatePlace
}

/// `{{>name}}`, or `{{<name}}…{{/name}}`, which gives blocks beside.
struct TemplateInclude: Sendable {
    let name: String
    /// What each line of the template gets before it; nil when the tag does not stand alone on its line.
    let indentation: [UInt8]?
    let overrides: [TemplateBlock]
    /// What stands in it outside its blocks and is therefore lost.
    let lost: TemplatePlace?
    let place: TemplatePlace
}

/// `{{$name}}…{{/name}}`: what can be replaced, or what replaces it. A class since its identity tells it from others.
final class TemplateBlock: Sendable {
    let name: String
    let body: [TemplateNode]
    /// Whether the body begins on a line of its own.
    let beginsLine: Bool
    /// The indentation of the body where it stands: what is taken from its lines when it replaces another body.
    let bodyIndentation: [UInt8]
    /// What lines of another body get instead.
    let indentation: [UInt8]
    let place: TemplatePlace

    init(
        name: String, body: [TemplateNode], beginsLine: Bool, bodyIndentation: [UInt8], indentation: [UInt8],
        place: TemplatePlace
    ) {
        self.name = name
        self.body = body
        self.beginsLine = beginsLine
        self.bodyIndentation = bodyIndentation
        self.indentation = indentation
        self.place = place
    }
}

/// What a tag names: `title`, `course.title`, or `.`, the very thing that is iterated over.
struct TemplateName: Hashable, Sendable {
    let text: String
    /// The names between the dots; none for `.`.
    let parts: [String]

    init(_ text: String) {
        self.text = text
        parts = text == "." ? [] : text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
}
