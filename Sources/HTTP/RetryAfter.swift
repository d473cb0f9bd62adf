import Bytes

/// The header field by which a service says when it wants to be asked again (RFC 9110 §10.2.3).
public enum RetryAfter {
    private static let months: [String: Int] = [
        "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11,
        "Dec": 12,
    ]
    /// Nobody waits for longer, and it is counted without overflow.
    private static let longest: Int64 = 366 * 86_400

    /// The pause that a value asks for: a number of seconds, or a date like `Sun, 06 Nov 1994 08:49:37 GMT`, which is
    /// counted from `now`. Zero for a date that is past, at most a year, nil for anything else.
    public static func pause(_ value: String, now: Timestamp) -> Duration? {
        if !value.isEmpty, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return .seconds(min(Int64(value) ?? longest, longest))
        }
        guard let date = instant(value) else { return nil }
        let (seconds, microseconds) = (date.microseconds - now.microseconds).quotientAndRemainder(
            dividingBy: 1_000_000)
        return max(.zero, min(.seconds(seconds) + .microseconds(microseconds), .seconds(longest)))
    }

    private static func instant(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT", let month = months[String(words[2])] else {
            return nil
        }
        let number = month < 10 ? "0\(month)" : "\(month)"
        return Timestamp("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }
}

extension Response {
    /// The pause that the service asks for; nil when it names none, or none that can be read.
    public func retryAfter(now: Timestamp) -> Duration? {
        self["retry-after"].flatMap { RetryAfter.pause($0, now: now) }
    }
}
