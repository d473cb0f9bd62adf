/// What is wrong with a CSV text, and on which line.
public struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of mistake.
    public enum Code: Hashable, Sendable {
        /// The text is empty: even the header row is missing.
        case missingHeader
        /// A row with more or fewer fields than the header.
        case raggedRow(expected: Int, found: Int)
        /// A quote inside an unquoted field, or text after a closing quote.
        case strayQuote
        /// A quoted field that is still open at the end of the text.
        case unterminatedQuote
        /// A carriage return outside quotes without a line feed after it.
        case strayCarriageReturn
        /// A field that is not valid UTF-8.
        case invalidUTF8
    }

    /// The kind of mistake.
    public let code: Code
    /// The line on which the row (``Code/raggedRow(expected:found:)``) or the field begins, counted from 1.
    public let line: Int

    /// What is wrong, without the line; the text itself is not quoted.
    public var problem: String {
        switch code {
        case .missingHeader: "the header row is missing"
        case .raggedRow(let expected, let found): "\(found) fields where the header has \(expected)"
        case .strayQuote: "a quote inside an unquoted field or text after a closing quote"
        case .unterminatedQuote: "a quoted field that does not end"
        case .strayCarriageReturn: "a carriage return without a line feed"
        case .invalidUTF8: "invalid UTF-8"
        }
    }

    /// One line: what, where.
    public var description: String { "\(problem) in line \(line)" }
}
