import Command

/// The points at which a debug build can be made to end inside the engine. Suites kill at each of them.
public enum EnginePoints {
    /// The lease is taken and the run is in the ledger.
    public static let began = FaultPoint("job.began")
    /// A transaction is about to be committed.
    public static let writing = FaultPoint("job.writing")
    /// A transaction was committed.
    public static let written = FaultPoint("job.written")
    /// An intent is written, the call not yet made.
    public static let intended = FaultPoint("step.intended")
    /// The call was made, its result not yet written.
    public static let answered = FaultPoint("step.answered")
    /// The result is written.
    public static let recorded = FaultPoint("step.recorded")
    /// The work is done, the run not yet ended in the ledger.
    public static let ending = FaultPoint("job.ending")
    /// The run is ended in the ledger, and its lease given up.
    public static let ended = FaultPoint("job.ended")

    /// All of them.
    public static let all = [began, writing, written, intended, answered, recorded, ending, ended]
}

/// What happens when the engine comes by one of its points: nothing, or the end of the process. A test that plays many
/// deaths in one process throws instead.
public typealias Checkpoint = @Sendable (FaultPoint) throws -> Void
