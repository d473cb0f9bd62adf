import Dispatch

/// Runs a database's calls one after the other on a queue of their own, so that a blocking call into a C library never
/// holds a thread of the cooperative pool.
package final class DatabaseExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "database")

    /// A queue.
    package init() {}

    /// Runs the job after those that came before it.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }
}
