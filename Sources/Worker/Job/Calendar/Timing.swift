import Command

/// How settings move the timer of a job.
public enum Timing: Sendable {
    /// Not at all: it fires as ``Job/schedule`` says.
    case fixed
    /// It fires at this minute of hours and days that are set.
    case cron(minute: Int, hours: Setting<CronField>, days: Setting<CronField>)
    /// It fires after each period that is set.
    case period(Setting<Duration>)
    /// The same, half a period later.
    case halfwayThrough(Setting<Duration>)

    /// The settings that move it.
    public var settings: [any AnySetting] {
        switch self {
        case .fixed: []
        case .cron(_, let hours, let days): [hours, days]
        case .period(let period), .halfwayThrough(let period): [period]
        }
    }

    /// When the timer fires with these settings; `preset` is when it does without any.
    ///
    /// - Throws: ``Failure`` `configuration` for a value that is no time for a timer.
    public func schedule(_ settings: Settings, preset: Schedule) throws(Failure) -> Schedule {
        switch self {
        case .fixed: preset
        case .cron(let minute, let hours, let days):
            Schedule(minute: minute, hours: try settings[hours], days: try settings[days])
        case .period(let period): Schedule(each: try settings[period])
        case .halfwayThrough(let setting):
            Schedule(each: try settings[setting], offset: try settings[setting] / 2)
        }
    }
}
