/// A program as data: the parser, help texts, man pages and completions are made from it.
public struct Program: Sendable {
    /// The name it is started by, and that its messages begin with.
    public let name: String
    /// Its version, as `--version` prints it.
    public let version: String
    /// What it does, in one sentence without a full stop.
    public let summary: String
    /// Its commands in the order of the help text.
    public let subcommands: [Subcommand]
    /// The points at which a debug build can be made to end.
    public let faultPoints: [FaultPoint]
    let failure: @Sendable (any Error) -> Failure?

    /// A program; `failure` says what the errors of the modules it is made of mean to the person who started it, nil for an
    /// error that it does not know.
    public init(
        _ name: String, version: String, _ summary: String, subcommands: [Subcommand], faultPoints: [FaultPoint] = [],
        failure: @escaping @Sendable (any Error) -> Failure? = { _ in nil }
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.subcommands = subcommands
        self.faultPoints = faultPoints
        self.failure = failure
    }

    /// All settings of the program, each once, in the order in which its commands name them.
    public var settings: [SettingDeclaration] {
        var seen: Set<String> = []
        return (subcommands.flatMap(\.settings) + Program.standardSettings).filter { seen.insert($0.key).inserted }
    }
}

extension Program {
    static let json = Option(flag: "json", "print the result as one JSON object")
    static let help = Option(flag: "help", short: "h", "print this help and end")
    static let versionFlag = Option(flag: "version", "print the version and end")
    static let logFormat = Setting(
        "log.format", optional: ValueType<LogFormat>.choice,
        "how the log is written: text on a terminal, else json, when it is not set")
    static let logLevel = Setting(
        "log.level", LogLevel.type, preset: "info", environment: ["MITX_ONLINE_LOG_LEVEL"],
        "the least important events that the log shows")

    static let metrics = Setting(
        "metrics", optional: ValueType<String>.path,
        "a file to write the figures of the run into, for the textfile collector of node_exporter")

    /// The settings of every command of every program.
    public static let standardSettings = [logFormat.declaration, logLevel.declaration, metrics.declaration]

    /// The options of every command of every program; they may also stand before the command.
    public static var standardOptions: [OptionDeclaration] {
        [json.declaration] + standardSettings.compactMap(\.option) + plainOptions
    }

    /// Those of them that are no settings and take no value.
    static let plainOptions = [help.declaration, versionFlag.declaration]
}
