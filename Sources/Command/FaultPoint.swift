/// A named place at which a debug build can be made to end at once, as by a power failure; suites kill at each of them.
public struct FaultPoint: Hashable, Sendable {
    /// The name, for example `publish.renamed`.
    public let name: String

    /// The point `name`; every point of a program is listed in ``Program/faultPoints``.
    public init(_ name: String) {
        self.name = name
    }
}
