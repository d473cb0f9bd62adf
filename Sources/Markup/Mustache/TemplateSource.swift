/// The text of a template.
public struct TemplateSource: Sendable {
    /// The name that tags call it by: `course` or `partials/card`.
    public let name: String
    /// The file that messages name.
    public let file: String
    /// What stands in the file.
    public let text: String

    /// The text of the template `name`.
    public init(name: String, file: String, text: String) {
        self.name = name
        self.file = file
        self.text = text
    }
}
