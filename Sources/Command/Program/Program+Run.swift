import Glibc

extension Program {
    /// Runs the program in this process and ends the process with its status.
    public func main() async -> Never {
        let status = await run(in: .process())
        exit(status.rawValue)
    }

    /// Runs the program in `context` and says with which status the process is to end.
    ///
    /// Every error ends here: it becomes one line of the log and a status.
    public func run(in context: ProcessContext) async -> ExitStatus {
        let start = context.time.steady()
        var log = Log(context, program: name, command: nil, format: nil, level: .info)
        var metrics: MetricsFile?
        let ending: RunEnding
        do {
            var reader = CommandLineReader(program: self)
            let mistake = reader.mistake(in: context.arguments)
            if let text = information(askedBy: context.arguments) ?? faultPointList(askedBy: context.environment) {
                try context.output.write(Array(text.utf8))
                return .done
            }
            log = try self.log(reader, context)
            metrics = try self.metrics(reader, context)
            if let mistake { throw mistake }
            let outcome = try await execute(reader, context, log)
            if let summary = outcome.summary {
                log.finished(outcome.status, after: context.time.steady() - start, summary)
            }
            ending = RunEnding(outcome)
        } catch {
            let failure = explanation(of: error)
            log.failed(failure, after: context.time.steady() - start)
            ending = RunEnding(failure)
        }
        metrics?.record(ending, end: context.time.now(), after: context.time.steady() - start, log)
        return ending.status
    }

    /// The help text or the version when `words` ask for it, whatever else is wrong with them.
    private func information(askedBy words: [String]) -> String? {
        if CommandLineReader.asks(for: Program.help.declaration, in: words) {
            let subcommand = words.lazy.compactMap { word in subcommands.first { $0.name == word } }.first
            return HelpPage(program: self, subcommand: subcommand).text
        }
        if CommandLineReader.asks(for: Program.versionFlag.declaration, in: words) { return "\(name) \(version)\n" }
        return nil
    }

    private func log(_ reader: CommandLineReader, _ context: ProcessContext) throws(Failure) -> Log {
        let settings = try Settings(
            Program.standardSettings, options: reader.options, environment: context.environment)
        return Log(
            context, program: name, command: reader.subcommand?.name, format: try settings[Program.logFormat],
            level: try settings[Program.logLevel])
    }

    /// Where the figures of the run go; nil when nobody asks for them.
    private func metrics(_ reader: CommandLineReader, _ context: ProcessContext) throws(Failure) -> MetricsFile? {
        let settings = try Settings(
            Program.standardSettings, options: reader.options, environment: context.environment)
        guard let command = reader.subcommand, let path = try settings[Program.metrics] else { return nil }
        let position = command.arguments.firstIndex { $0.name == command.subject?.name }
        // A word that names nothing known may be anything, an address perhaps.
        let subject = position.flatMap { reader.arguments.dropFirst($0).first }
            .flatMap { word in (try? command.subject?.check(word)) == nil ? nil : word }
        return MetricsFile(
            path: path, program: name, command: command.name,
            subject: subject.map { (label: command.subject?.name.lowercased() ?? "", value: $0) })
    }

    private func execute(_ reader: CommandLineReader, _ context: ProcessContext, _ log: Log) async throws -> Outcome {
        guard let subcommand = reader.subcommand else { throw Failure(.bug, "no command was read") }
        let settings = try Settings(
            subcommand.settings, options: reader.options, environment: context.environment)
        for declaration in subcommand.settings { try settings.check(declaration) }
        let names = subcommand.arguments.map(\.name)
        let invocation = Invocation(
            settings: settings, log: log, time: context.time, environment: context.environment,
            faults: try faults(context.environment),
            output: context.output, options: reader.options,
            arguments: Dictionary(zip(names, reader.arguments)) { first, _ in first })
        return try await Interruption.watch(context.stopSignals, log) { try await subcommand.run(invocation) }
    }

    private func explanation(of error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case let interruption as Interruption: Failure(.temporary, interruption.description)
        // Of an unknown error nothing but the type is known to be free of secrets.
        case _:
            failure(error)
                ?? Failure(
                    .bug, "unexpected error \(String(reflecting: type(of: error))); this is a bug, please report it")
        }
    }
}

extension Program {
    #if DEBUG
    /// The names of all fault points, one a line, for `FAULT=list`.
    private func faultPointList(askedBy environment: [String: String]) -> String? {
        environment["FAULT"] == "list" ? faultPoints.map { $0.name + "\n" }.joined() : nil
    }

    private func faults(_ environment: [String: String]) throws(Failure) -> Faults {
        guard let plan = environment["FAULT"], !plan.isEmpty else { return .none }
        return try Faults(plan, of: faultPoints)
    }
    #else
    private func faultPointList(askedBy environment: [String: String]) -> String? { nil }

    private func faults(_ environment: [String: String]) throws(Failure) -> Faults { .none }
    #endif
}

extension Log {
    fileprivate init(
        _ context: ProcessContext, program: String, command: String?, format: LogFormat?, level: LogLevel
    ) {
        self.init(
            program: program, command: command, format: format ?? (context.terminal == nil ? .json : .text),
            level: level, sink: context.diagnostics, terminal: context.terminal, time: context.time)
    }
}
