import Bytes

/// A learner's grade in a course run: the three values that Open edX decides on (`spec/openedx.md` §8.2).
public struct Grade: Hashable, Sendable {
    /// From 0 to 1; with extra credit up to 2.
    public let number: Double
    /// A letter, or another word; at most 10 characters.
    public let letter: String?
    /// Whether the course counts as passed.
    public let hasPassed: Bool

    /// A grade.
    public init(_ number: Double, letter: String?, hasPassed: Bool) {
        self.number = number
        self.letter = letter
        self.hasPassed = hasPassed
    }

    /// Why the tables do not take it, without its values; nil when they do.
    public var problem: String? {
        if !(0...2).contains(number) { return "the grade is not between 0.0 and 2.0" }
        if let letter, letter.unicodeScalars.count > 10 { return "the letter grade has more than 10 characters" }
        return nil
    }

    /// Whether nothing was achieved: then there is no certificate.
    public var isZero: Bool { number == 0 }
}

extension Grade: CustomStringConvertible, CustomReflectable {
    /// Without its values.
    public var description: String { "a grade" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
