import Dispatch

/// Runs the handlers of a loopback server on a thread of their own, whatever the tests do with the cooperative pool meanwhile.
final class LoopbackExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "loopback")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
