import Command

extension Schedule {
    /// At a minute of these hours on these days, as MITx Online's `CRON_…` settings have it (`spec/openedx.md` §15).
    public init(minute: Int, hours: CronField, days: CronField) {
        let time = "*-*-* \(hours.calendar ?? "*"):\(CronField.twoDigits(minute)):00 UTC"
        self.init(
            days.calendar.map { "\($0) \(time)" } ?? time, every: .seconds(3600 * Self.longestGap(hours, days)))
    }

    /// Every `period`, counted from midnight, `offset` later each time.
    ///
    /// - Parameters:
    ///   - period: one that ``Duration/ofTimer`` may be.
    ///   - offset: shorter than the period.
    public init(each period: Duration, offset: Duration = .zero) {
        let (step, start) = (Int(period.components.seconds), Int(offset.components.seconds))
        let two = CronField.twoDigits
        let (hour, minute, second) = (two(start / 3600), two(start / 60 % 60), two(start % 60))
        let time =
            switch step {
            case ..<3600: "*:\(minute)/\(step / 60):\(second)"
            case 3600: "*:\(minute):\(second)"
            case ..<86_400: "\(hour)/\(step / 3600):\(minute):\(second)"
            default: "\(hour):\(minute):\(second)"
            }
        self.init("*-*-* \(time) UTC", every: period)
    }

    /// The most hours from one start to the next.
    private static func longestGap(_ hours: CronField, _ days: CronField) -> Int {
        let starts = days.numbers.flatMap { day in hours.numbers.map { day * 24 + $0 } }
        guard let first = starts.first else { return 168 }
        return zip(starts, starts.dropFirst() + [first + 168]).map { $1 - $0 }.max() ?? 168
    }
}

extension Duration {
    /// The longest time that is not longer than this one and after which a timer can fire at the same times of every day:
    /// whole minutes that divide an hour, or whole hours that divide a day; a minute at least. Nil for more than a day.
    var ofTimer: Duration? {
        guard self <= .seconds(86_400) else { return nil }
        let minutes = (1...59).filter { 60 % $0 == 0 } + (1...24).filter { 24 % $0 == 0 }.map { 60 * $0 }
        return .seconds(60 * (minutes.last { .seconds(60 * $0) <= self } ?? 1))
    }
}
