import Command
import Dispatch
import Synchronization

/// One call as a lane runs it.
struct CurlCall: Sendable {
    let request: Request
    let deadline: Deadline
    let userAgent: String
    let connectLimit: Duration
    let authorities: String?
    let time: TimeSource
    let stop: CurlStop

    /// How much time is left; negative past the deadline.
    var remaining: Duration { deadline.at - time.steady() }
}

/// A libcurl handle, with the connections it keeps, and the thread that it is used on.
///
/// Unchecked, since a handle may not be used by two threads at once: only blocks of this queue touch it.
final class CurlLane: @unchecked Sendable {
    private let queue = DispatchQueue(label: "http")
    private var handle: CurlHandle?
    private let origin = Mutex("")

    /// Where the last call went, whose connection may still stand.
    var lastOrigin: String { origin.withLock { $0 } }

    /// Makes the call and waits for its end on the lane's own thread.
    func run(_ call: CurlCall) async -> Result<Response, TransportError> {
        origin.withLock { $0 = call.request.url.origin }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.perform(call)) }
        }
    }

    private func perform(_ call: CurlCall) -> Result<Response, TransportError> {
        if handle == nil { handle = CurlHandle() }
        guard let handle else {
            return .failure(
                TransportError(.cannotConnect, call.request, mayHaveArrived: false, detail: "no libcurl handle"))
        }
        return handle.perform(call)
    }
}
