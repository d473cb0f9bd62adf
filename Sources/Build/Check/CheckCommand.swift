import Bytes
import Command
import Snapshot

/// `mitxonline-build check`.
enum CheckCommand {
    private static let now = Option(
        "now", ValueType<Timestamp>.instant, "the instant that it is true for, instead of the clock's")
    private static let courses = Option(
        "course", ValueType<[String]>.list, "the courses to show, alone and in full: readable ids, separated by commas")
    private static let programs = Option(
        "program", ValueType<[String]>.list, "the programs to show, likewise")
    private static let all = Option(flag: "all", "show notes too, and what is in order")

    static let subcommand = Subcommand(
        "check", "Says what MIT Learn will make of the catalog and why, and what is missing or odd in it",
        discussion: """
            The database is read once, nothing is written. An error keeps off MIT Learn what is meant to be there, or would \
            break the load; a warning looks wrong to learners; a note could be better, or is meant so, and needs --all or \
            --course to be shown. What has no live page and is not to be listed by MIT Learn is not judged. Status 3 when an \
            error or a warning is shown.
            """,
        options: [courses, programs, all, now], settings: BuildSettings.ofCheck, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let job = try RenderJob(invocation, now: try invocation[now] ?? invocation.time.now())
        let report = try await job.report()
        let selection = try CheckSelection(
            of: report, courses: try invocation[courses], programs: try invocation[programs])
        let text = CheckText(report: report, selection: selection, showsAll: try invocation[all])
        try invocation.print(text.text) { CheckJSON(report: report, selection: selection).write(into: &$0) }
        return Outcome(
            selection.isClean ? .done : .partly,
            summary: [
                "errors": .int(selection.count(.error)), "warnings": .int(selection.count(.warning)),
                "notes": .int(selection.count(.note)),
            ])
    }
}

extension ValueType<[String]> {
    /// Readable ids, at least one: an empty list, as of a variable that is not set, must not stand for all.
    fileprivate static let list = ValueType(placeholder: "LIST") { text throws(InvalidValue) in
        let texts = text.split(separator: ",").map(String.init)
        guard !texts.isEmpty else { throw InvalidValue("names nothing") }
        return texts
    }
}
