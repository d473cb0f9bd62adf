extension CronField {
    /// The field as a part of systemd's `OnCalendar=`: `00/6`, `22..23,00..02`, `Fri..Sun,Mon`; nil for every day, which is said
    /// by saying nothing.
    var calendar: String? {
        let isEvery = parts.contains(.every(1))
        switch unit {
        case .hour: return isEvery ? "*" : parts.map(hours).joined(separator: ",")
        case .day: return isEvery ? nil : parts.map { days(numbers(of: $0)) }.joined(separator: ",")
        }
    }

    private func hours(_ part: Part) -> String {
        switch part {
        case .every(let step) where step < unit.count: "00/\(step)"
        case .range: Self.runs(numbers(of: part)).map { Self.run($0, Self.twoDigits) }.joined(separator: ",")
        case .every, .numbers: numbers(of: part).map(Self.twoDigits).joined(separator: ",")
        }
    }

    /// systemd's week begins with Monday, and it knows no range that goes over the end of a week.
    private func days(_ numbers: [Int]) -> String {
        Self.runs(numbers.map { ($0 + 6) % 7 }).map { Self.run($0) { Self.dayNames[$0] } }.joined(separator: ",")
    }

    /// The numbers cut into pieces of which each goes up by one.
    private static func runs(_ numbers: [Int]) -> [[Int]] {
        var runs: [[Int]] = []
        for number in numbers {
            if let last = runs.last?.last, last + 1 == number {
                runs[runs.count - 1].append(number)
            } else {
                runs.append([number])
            }
        }
        return runs
    }

    private static func run(_ numbers: [Int], _ name: (Int) -> String) -> String {
        guard let first = numbers.first, let last = numbers.last, last > first else {
            return numbers.map(name).joined()
        }
        return "\(name(first))..\(name(last))"
    }

    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
