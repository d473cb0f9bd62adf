/// One command of a program, as data: `render` of `mitxonline-build`.
public struct Subcommand: Sendable {
    /// The word that selects it.
    public let name: String
    /// What it does, in one sentence without a full stop.
    public let summary: String
    /// What else its help text says, in whole sentences; empty when the summary says all.
    public let discussion: String
    /// Its arguments in their order.
    public let arguments: [ArgumentDeclaration]
    /// Its own options, without those of its settings.
    public let options: [OptionDeclaration]
    /// The settings it reads; each that is no secret is an option too.
    public let settings: [SettingDeclaration]
    /// The argument that says what the command works on; the figures of its runs carry it as a label.
    public let subject: ArgumentDeclaration?
    let run: @Sendable (Invocation) async throws -> Outcome

    /// A command that `run` carries out.
    public init(
        _ name: String, _ summary: String, discussion: String = "", arguments: [any AnyArgument] = [],
        options: [any AnyOption] = [], settings: [any AnySetting] = [], subject: (any AnyArgument)? = nil,
        run: @escaping @Sendable (Invocation) async throws -> Outcome
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.arguments = arguments.map(\.declaration)
        self.options = options.map(\.declaration)
        self.settings = settings.map(\.declaration)
        self.subject = subject?.declaration
        self.run = run
    }

    /// Its own options and those of its settings.
    public var allOptions: [OptionDeclaration] {
        options + settings.compactMap(\.option)
    }
}
