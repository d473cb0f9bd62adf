import Command

/// `mitxonline-jobs show JOB`.
enum ShowCommand {
    static let subcommand = Subcommand(
        "show", "Shows a job: when it runs, what it counts, which settings it reads",
        arguments: [JobTable.argument], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let entry = try invocation[JobTable.argument]
        let settings = entry.settings + entry.timing.settings
        let calendar = try entry.schedule(invocation.environment).calendar
        let note = try entry.note(invocation.environment)
        let notes = note.map { [["note", $0]] } ?? []
        let facts =
            [["job", entry.name.text], ["does", entry.summary], ["schedule", calendar]] + notes + [
                ["time limit", "\(entry.timeLimit.components.seconds) s"],
                ["counts", entry.counters.map { "\($0.name)" }.joined(separator: ", ")],
            ]
        let table = settings.map { setting in
            let declaration = setting.declaration
            let preset = declaration.preset ?? (entry.needs(setting) ? "(needed)" : "")
            return [declaration.names[0], preset, declaration.meaning]
        }
        let text = facts.columns + "\n\n" + ([["VARIABLE OR CREDENTIAL", "DEFAULT", "MEANING"]] + table).columns
        try invocation.print(text) { object in
            object.member("job", entry.name.text)
            object.member("summary", entry.summary)
            object.member("schedule", calendar)
            if let note { object.member("note", note) }
            object.member("time_limit_seconds", Int(entry.timeLimit.components.seconds))
            object.array("counters", entry.counters) { buffer, counter in buffer.appendJSON("\(counter.name)") }
            object.objects("settings", settings) { object, setting in
                object.member("name", setting.declaration.names[0])
                object.member("default", setting.declaration.preset)
                object.member("needed", entry.needs(setting))
                object.member("meaning", setting.declaration.meaning)
            }
        }
        return Outcome()
    }
}
