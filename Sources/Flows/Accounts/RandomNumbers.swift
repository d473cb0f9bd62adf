/// Random numbers, passed in so that a test can foretell them.
public struct RandomNumbers: Sendable {
    /// A number of the range, each equally likely.
    public let number: @Sendable (ClosedRange<Int>) -> Int

    /// The numbers that the closure gives.
    public init(_ number: @escaping @Sendable (ClosedRange<Int>) -> Int) {
        self.number = number
    }

    /// The system's, fit for secrets.
    public static let system = RandomNumbers { Int.random(in: $0) }

    /// A text of `length` characters of `alphabet`, each drawn by itself.
    func text(_ length: Int, of alphabet: StaticString) -> String {
        let characters = Array("\(alphabet)".utf8)
        let drawn = (0..<length).map { _ in characters[number(0...characters.count - 1)] }
        return String(decoding: drawn, as: UTF8.self)
    }
}
