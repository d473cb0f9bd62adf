import Command
import Publisher

extension SnapshotStore {
    /// The store in the output folder of a command that needs one.
    init(_ invocation: Invocation) throws(Failure) {
        guard let output = try invocation[BuildSettings.output] else {
            throw Failure(.usage, "output is not set: give --output PATH")
        }
        self.init(directory: output)
    }

    /// What `body` returns; its error names the output folder too, since a `PublishError` speaks only of paths in it.
    func saying<T>(_ body: () throws(PublishError) -> T) throws(Failure) -> T {
        do {
            return try body()
        } catch {
            throw failure(error)
        }
    }

    /// The same for work that takes its time.
    nonisolated(nonsending) func saying<T>(
        _ body: nonisolated(nonsending) () async throws(PublishError) -> T
    ) async throws(Failure) -> T {
        do {
            return try await body()
        } catch {
            throw failure(error)
        }
    }

    /// What the error means to the person who started the program.
    func failure(_ error: PublishError) -> Failure {
        Failure(error.status, "\(directory): \(error)")
    }

    /// The output for this process alone; nil while another has it.
    func locked() throws(Failure) -> LockedOutput? {
        try saying { () throws(PublishError) in try lock() }
    }
}

extension FaultPoint {
    init(_ step: PublishStep) {
        self.init("publish.\(step.rawValue)")
    }
}
