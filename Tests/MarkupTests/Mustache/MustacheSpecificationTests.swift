import Bytes
import Markup
import Support
import Testing

@Suite("The Mustache specification")
struct MustacheSpecificationTests {
    /// Each module, with the number of its cases.
    static let modules = [
        ("interpolation", 42), ("sections", 36), ("inverted", 22), ("comments", 12), ("delimiters", 14),
        ("partials", 13),
        ("inheritance", 27),
    ]

    @Test("is met in every case of every module", arguments: modules)
    func module(name: String, count: Int) throws {
        let cases = try #require(try FixtureFiles.json("mustache/\(name).json")["tests"]?.array)
        #expect(cases.count == count)
        for example in cases {
            let title = try #require(example["name"]?.string)
            let template = try #require(example["template"]?.string)
            var sources = [TemplateSource(name: "", file: "template", text: template)]
            if case .object(let partials) = example["partials"] {
                for partial in partials {
                    sources.append(
                        TemplateSource(
                            name: partial.key, file: partial.key, text: try #require(partial.value.string)))
                }
            }
            var buffer = ByteBuffer()
            try TemplateLibrary(sources).jsonTemplate("", names: .lenient)
                .render(try #require(example["data"]), into: &buffer)
            #expect(
                String(decoding: buffer.bytes, as: UTF8.self) == example["expected"]?.string, "\(name): \(title)")
        }
    }
}
