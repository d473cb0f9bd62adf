/// Why a draft cannot be shown (`spec/catalog.md` §10.8): the draft or one of its fields cannot be read, or names what is gone.
public struct DraftError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field under the name of the model, such as `feature_image`; nil when it is the draft as a whole.
    public let field: String?
    /// What is wrong and what to do, in one sentence.
    public let problem: String

    /// The field with that problem.
    public init(field: String?, problem: String) {
        self.field = field
        self.problem = problem
    }

    /// One line: where, then what.
    public var description: String { field.map { "\($0): \(problem)" } ?? problem }
}
