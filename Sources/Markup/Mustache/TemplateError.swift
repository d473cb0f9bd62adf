/// A place in a template.
public struct TemplatePlace: Hashable, Sendable, CustomStringConvertible {
    /// The file, as its source names it.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The character of the line (Unicode scalar), from 1.
    public let column: Int

    /// As compilers write it: `Templates/course.mustache:12:8`.
    public var description: String { "\(file):\(line):\(column)" }
}

/// What is wrong with a template, and where.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the mistake is; nil when the template itself is missing.
    public let place: TemplatePlace?
    /// The mistake in words, with the nearest known name where one was probably meant.
    public let message: String
    /// The tags through which that place came to be rendered, the innermost first.
    public let includes: [TemplatePlace]

    init(_ place: TemplatePlace?, _ message: String, includes: [TemplatePlace] = []) {
        self.place = place
        self.message = message
        self.includes = includes
    }

    /// `Templates/course.mustache:12:8: …`, and a line for each place that it was included from.
    public var description: String {
        let head = place.map { "\($0): \(message)" } ?? message
        return ([head] + includes.map { "  included from \($0)" }).joined(separator: "\n")
    }
}
