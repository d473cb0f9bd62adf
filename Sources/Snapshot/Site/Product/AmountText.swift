/// How much work a course is, as people read it (`spec/catalog.md` §10.4, item 6).
enum AmountText {
    /// `3–5 hours per week`; nil when neither limit is given. Limits are free text of editors.
    static func weeklyHours(_ low: String, _ high: String) -> String? {
        guard let range = range(low.trimmed, high.trimmed) else { return nil }
        return "\(range) \(range == "1" ? "hour" : "hours") per week"
    }

    /// `4–8 weeks`; nil when neither limit is given.
    static func weeks(_ low: Int?, _ high: Int?) -> String? {
        guard let range = range(low.map { "\($0)" } ?? "", high.map { "\($0)" } ?? "") else { return nil }
        return "\(range) \(range == "1" ? "week" : "weeks")"
    }

    private static func range(_ low: String, _ high: String) -> String? {
        switch (low.isEmpty, high.isEmpty) {
        case (true, true): nil
        case (false, true): low
        case (true, false): high
        case (false, false): low == high ? low : "\(low)–\(high)"
        }
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
        let head = drop(while: \.isWhitespace)
        return head.lastIndex { !$0.isWhitespace }.map { String(head[...$0]) } ?? ""
    }
}
