#if DEBUG
import Glibc
import Synchronization
#endif

/// The failures to inject: `FAULT=point:n` ends the process with status 137 at the n-th pass of the point.
///
/// Debug builds only: in a release build there is nothing to pass and the variable is ignored.
public struct Faults: Sendable {
    /// No failures.
    public static let none = Faults()

    #if DEBUG
    private var plan: Plan?

    private init() {}

    /// The plan of the variable `FAULT`; throws ``ExitStatus/configuration`` for an unknown point.
    init(_ text: String, of points: [FaultPoint], end: @escaping @Sendable () -> Void = { _exit(137) }) throws(Failure)
    {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let point = points.first(where: { $0.name == parts[0] }), parts.count <= 2,
            let pass = parts.count == 2 ? Int(parts[1]) : 1, pass >= 1
        else {
            let names = points.map(\.name).joined(separator: ", ")
            throw Failure(.configuration, "FAULT: \(text) is not point:n with a point of: \(names)")
        }
        plan = Plan(point: point, pass: pass, end: end)
    }

    /// Marks that the program comes by `point`.
    public func pass(_ point: @autoclosure () -> FaultPoint) {
        plan?.pass(point())
    }

    private final class Plan: Sendable {
        private let point: FaultPoint
        private let end: @Sendable () -> Void
        private let remaining: Mutex<Int>

        init(point: FaultPoint, pass: Int, end: @escaping @Sendable () -> Void) {
            self.point = point
            self.end = end
            remaining = Mutex(pass)
        }

        func pass(_ point: FaultPoint) {
            guard point == self.point else { return }
            let isReached = remaining.withLock { remaining in
                remaining -= 1
                return remaining == 0
            }
            if isReached { end() }
        }
    }
    #else
    /// Marks that the program comes by `point`.
    @inlinable public func pass(_ point: @autoclosure () -> FaultPoint) {}
    #endif
}
