import Command

/// How settings move the timer of a job.
public enum Timing: Sendable {
    /// Not at all: it fires as ``Job/schedule`` says.
    case fixed
    /// It fires at this minute of hours and days that are set.
    case cron(minute: Int, hours: Setting<CronField>, days: Setting<CronField>)
    /// It fires after each period that is set, or the next shorter one that a calendar can keep. A period of more than a day,
    /// by which the existing application's job is silenced (`spec/openedx.md` §16.3), does not move it.
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
        case .period(let setting):
            try settings[setting].ofTimer.map { Schedule(each: $0) } ?? preset
        case .halfwayThrough(let setting):
            try settings[setting].ofTimer.map { Schedule(each: $0, offset: $0 / 2) } ?? preset
        }
    }

    /// What to know when a setting does not move the timer to where it says; nil when there is nothing.
    ///
    /// - Throws: as ``schedule(_:preset:)``.
    public func note(_ settings: Settings) throws(Failure) -> String? {
        switch self {
        case .fixed, .cron: return nil
        case .period(let setting), .halfwayThrough(let setting):
            let period = try settings[setting]
            let name = setting.declaration.names[0]
            guard let kept = period.ofTimer else {
                return
                    "\(name) is more than a day, which silences the existing application's job and leaves this timer alone"
            }
            guard kept != period else { return nil }
            return "no calendar keeps the \(period.components.seconds) s of \(name), so that it is every"
                + " \(kept.components.seconds) s"
        }
    }
}
