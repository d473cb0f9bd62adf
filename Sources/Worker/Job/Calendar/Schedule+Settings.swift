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
    ///   - period: of whole minutes that divide an hour, or whole hours that divide a day.
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

extension ValueType<Duration> {
    /// A time after which a timer can fire again and again, always at the same times of the day.
    public static let period = ValueType(
        placeholder: duration.placeholder, range: "such as 15m, 30m, 1h or 6h, or the same in seconds"
    ) { text throws(InvalidValue) in
        let period = try duration.parse(text)
        let (seconds, rest) = period.components
        let isEven =
            seconds < 3600
            ? seconds >= 60 && seconds % 60 == 0 && 3600 % seconds == 0
            : seconds % 3600 == 0 && seconds <= 86_400 && 86_400 % seconds == 0
        guard isEven, rest == 0 else {
            throw InvalidValue("is no time of whole minutes that divide an hour, or of whole hours that divide a day")
        }
        return period
    }
}
