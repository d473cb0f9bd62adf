import Bytes

/// A template for JSON data, whose names are looked up when it is rendered.
public struct JSONTemplate: Sendable {
    /// What happens to a name that the data do not offer.
    public enum Names: Sendable {
        /// As the Mustache specification says: a missing name, template or block is empty, everything can be printed.
        case lenient
        /// As templates of records: it is an error, in what comes to be rendered; so is whatever else is wrong with a
        /// tag there. Raw output of texts is allowed, since whoever gives the data answers for them.
        case strict
    }

    let library: TemplateLibrary
    let template: ParsedTemplate
    let names: Names

    /// Appends what the template makes of `data` to `buffer`.
    ///
    /// - Throws: ``TemplateError`` for includes that do not end, and for what ``names`` forbids.
    public func render(_ data: JSONValue, into buffer: inout ByteBuffer) throws(TemplateError) {
        var renderer = JSONTemplateRenderer(library: library, isStrict: names == .strict, root: data)
        try renderer.render(template.nodes, JSONTemplateRenderer.Context())
        buffer.append(renderer.output.bytes)
    }
}
