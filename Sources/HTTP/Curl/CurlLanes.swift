import Dispatch
import Synchronization

/// The lanes that are free, and the calls that wait for one, first come, first served.
final class CurlLanes: Sendable {
    private let width: Int
    private let state = Mutex(State())

    private struct State {
        var idle: [CurlLane] = []
        var count = 0
        var waiting: [(id: Int, continuation: CheckedContinuation<CurlLane?, Never>)] = []
        var nextID = 0

        /// The lane used last comes first: its connection is the least likely to have been closed meanwhile.
        mutating func takeIdle(for origin: String, width: Int) -> CurlLane? {
            if let index = idle.lastIndex(where: { $0.lastOrigin == origin }) { return idle.remove(at: index) }
            if count < width {
                count += 1
                return CurlLane()
            }
            return idle.popLast()
        }
    }

    init(width: Int) {
        self.width = width
    }

    /// A lane for this call alone, if possible one with a connection to `origin`; nil when the time is over or the task is
    /// cancelled before one is free.
    func take(for origin: String, within time: Duration) async -> CurlLane? {
        guard time > .zero else { return nil }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let lane: CurlLane? = state.withLock { state in
                    if let lane = state.takeIdle(for: origin, width: width) { return lane }
                    state.waiting.append((id: id, continuation: continuation))
                    return nil
                }
                if let lane { return continuation.resume(returning: lane) }
                if Task.isCancelled { giveUp(id) }
                DispatchQueue.global().asyncAfter(deadline: .now() + time.seconds) { [weak self] in self?.giveUp(id) }
            }
        } onCancel: {
            giveUp(id)
        }
    }

    /// The call that had the lane is over.
    func giveBack(_ lane: CurlLane) {
        let next: CheckedContinuation<CurlLane?, Never>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.idle.append(lane)
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: lane)
    }

    private func giveUp(_ id: Int) {
        let waiting: CheckedContinuation<CurlLane?, Never>? = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiting.remove(at: index).continuation
        }
        waiting?.resume(returning: nil)
    }
}

extension Duration {
    /// Seconds with their fraction, for what takes no exact durations.
    var seconds: Double { self / .seconds(1) }

    /// Milliseconds, rounded up, at least 1.
    var roundedMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
