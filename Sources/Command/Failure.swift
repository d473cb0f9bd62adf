/// Why a program ends without having done its work, in words for the person who started it.
public struct Failure: Error, Hashable, CustomStringConvertible {
    /// The status the program ends with.
    public let status: ExitStatus
    /// What went wrong, where, and what to do; one line, without secrets and learners' data.
    public let message: String

    /// A failure that ends the program with `status`.
    public init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The message alone.
    public var description: String { message }
}
