import Command
import Store

/// `mitxonline-jobs config`.
enum ConfigCommand {
    private static let check = Option(flag: "check", "end with 78 when a job cannot run with these settings")

    static let subcommand = Subcommand(
        "config", "Shows every setting, where it comes from, and what is missing for which job",
        options: [check], run: run)

    private struct Line {
        let name: String
        let value: String?
        let origin: String
        let jobs: [String]
        let problem: Failure?
    }

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let lines = try lines(invocation.environment)
        let wrong = lines.filter { $0.problem != nil }
        let rows = lines.map { line in
            [line.name, line.value ?? "", line.origin, line.jobs.joined(separator: ", "), line.problem?.message ?? ""]
        }
        try invocation.print(([["SETTING", "VALUE", "FROM", "FOR", "PROBLEM"]] + rows).columns) { object in
            object.objects("settings", lines) { object, line in
                object.member("name", line.name)
                object.member("value", line.value)
                object.member("from", line.origin)
                object.array("jobs", line.jobs) { buffer, job in buffer.appendJSON(job) }
                object.member("problem", line.problem?.message)
            }
        }
        guard try invocation[check], let first = wrong.first?.problem else { return Outcome() }
        let others = wrong.count > 1 ? ", and \(wrong.count - 1) more" : ""
        throw Failure(.configuration, first.message + others)
    }

    /// The program's own settings, then those of the jobs, each once.
    private static func lines(_ environment: [String: String]) throws(Failure) -> [Line] {
        var wanted: [(setting: any AnySetting, jobs: [String], isNeeded: Bool)] = [
            (JobsSettings.database, ["all"], true), (JobsSettings.lease, ["all"], false),
        ]
        for entry in JobTable.all {
            for setting in entry.settings + entry.timing.settings {
                let isNeeded = entry.needs(setting)
                if let known = wanted.firstIndex(where: { $0.setting.declaration.key == setting.declaration.key }) {
                    wanted[known].jobs.append(entry.name.text)
                    wanted[known].isNeeded = wanted[known].isNeeded || isNeeded
                } else {
                    wanted.append((setting: setting, jobs: [entry.name.text], isNeeded: isNeeded))
                }
            }
        }
        let settings = try Settings(of: wanted.map(\.setting), environment: environment)
        let locator = locatorProblem(settings, environment)
        return wanted.map { setting, jobs, isNeeded in
            let isMissing = isNeeded && setting.declaration.preset == nil
            return Line(
                name: setting.declaration.names[0], value: settings.shownValue(of: setting),
                origin: settings.origin(of: setting).description, jobs: jobs,
                problem: settings.problem(with: setting, isNeeded: isMissing)
                    ?? (setting.declaration.key == JobsSettings.database.declaration.key ? locator : nil))
        }
    }

    /// What is wrong with the address of the database, which is not connected to.
    private static func locatorProblem(_ settings: Settings, _ environment: [String: String]) -> Failure? {
        do {
            _ = try Database(try settings[JobsSettings.database], environment: environment)
            return nil
        } catch let error as StoreError {
            return error.failure
        } catch {
            return error as? Failure
        }
    }
}
