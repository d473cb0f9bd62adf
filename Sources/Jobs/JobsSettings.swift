import Command
import Store

/// The settings of the program itself. Those of the jobs are variables and credentials, which `show JOB` and `config` list.
enum JobsSettings {
    static let database = DatabaseSetting.locator
    static let lease = Setting(
        "lease", ValueType<Duration>.lease, preset: "2m",
        "how long a run may be silent before another start takes over from it")
}

extension ValueType<Duration> {
    /// A time in which a run can show that it is alive: with none at all two runs would take each other's place.
    fileprivate static let lease = ValueType(placeholder: duration.placeholder, range: "between 1s and 1d") {
        text throws(InvalidValue) in
        let life = try duration.parse(text)
        guard life >= .seconds(1), life <= .seconds(86_400) else { throw InvalidValue("is not between 1s and 1d") }
        return life
    }
}

extension Database {
    /// The database that the invocation names.
    init(_ invocation: Invocation) throws {
        try self.init(try invocation[JobsSettings.database], environment: invocation.environment)
    }
}
