import Bytes
import Synchronization

/// A fake LMS: accounts, enrollments, tokens, and faults on demand; MITx Online's part of an authorization is with it.
///
/// It is asked through ``transport(_:)`` without a socket, or over the loopback interface.
public final class FakeLMS: Sendable {
    /// What happens before a request is applied.
    public typealias Hook = @Sendable (LMSRequest) async -> Void

    private let inside: Mutex<Inside>
    let manualClock: ManualClock?
    private let holdLimit: Duration

    fileprivate struct Inside {
        var state = LMSState()
        var script = LMSFaultScript()
        var counts: [LMSCall: Int] = [:]
        var received: [LMSRequest] = []
        var hooks: [(call: LMSCall, pass: Int?, hook: Hook)] = []
        var userInfo: (@Sendable (String) async -> String?)?
        var late: [(request: LMSRequest, remaining: Int)] = []
        var applied = 0
        var strays: [LMSRequest] = []
    }

    /// An empty LMS. Outages and delays go by `clock`; a held request is applied after `holdLimit` in any case.
    public init(clock: ManualClock? = nil, holdLimit: Duration = .milliseconds(200)) {
        inside = Mutex(Inside())
        manualClock = clock
        self.holdLimit = holdLimit
    }

    // MARK: What it holds

    /// A copy of all it holds.
    public var state: LMSState { inside.withLock { $0.state } }

    /// Changes what it holds.
    public func update(_ body: (inout LMSState) -> Void) {
        inside.withLock { body(&$0.state) }
    }

    /// Adds a course.
    public func add(_ course: LMSCourse) {
        update { $0.courses[course.key] = course }
    }

    /// Adds an account.
    public func add(_ user: LMSUser) {
        update { $0.users.append(user) }
    }

    /// Adds an enrollment, without an effect.
    public func add(_ enrollment: LMSEnrollment) {
        update { $0.enrollments.append(enrollment) }
    }

    /// The enrollment of a learner in a run; nil without one.
    public func enrollment(of username: String, in run: String) -> LMSEnrollment? {
        let state = state
        return state.index(username, run).map { state.enrollments[$0] }
    }

    /// What changed, in its order.
    public var effects: [LMSEffect] { state.effects }

    /// How many requests of a call came, disturbed ones included.
    public func count(_ call: LMSCall) -> Int { inside.withLock { $0.counts[call, default: 0] } }

    /// How many requests came.
    public var requestCount: Int { inside.withLock { $0.received.count } }

    /// All requests, in the order they came.
    public var received: [LMSRequest] { inside.withLock { $0.received } }

    /// Requests to a host that is neither the LMS nor MITx Online: there should be none.
    public var strays: [LMSRequest] { inside.withLock { $0.strays } }

    // MARK: What goes wrong

    /// Disturbs the requests of a call from the `pass`th on, `times` of them, counted from 1 from now on and among
    /// those that meet the condition.
    public func fault(
        _ fault: LMSFault, on call: LMSCall, pass: Int = 1, times: Int = 1,
        where condition: @escaping @Sendable (LMSRequest) -> Bool = { _ in true }
    ) {
        let passes = pass...(times == .max ? .max : pass + times - 1)
        inside.withLock { $0.script.add(fault, on: call, passes: passes, where: condition) }
    }

    /// Disturbs so many of a hundred requests, each time the same ones for the same seed.
    public func randomFaults(seed: UInt64, percent: Int, _ faults: [LMSFault] = LMSFault.sequential) {
        inside.withLock { $0.script.randomize(seed: seed, percent: percent, faults) }
    }

    /// Disturbs all requests between two instants of the wall clock.
    public func outage(from start: Timestamp, until end: Timestamp, _ fault: LMSFault = .refused) {
        inside.withLock { $0.script.addOutage(start..<end, fault) }
    }

    /// Ends all faults. Late requests stay and are still applied.
    public func heal() {
        inside.withLock { $0.script.clear() }
    }

    /// Runs `hook` before the `pass`th request of a call is applied, counted from the beginning; before each without a
    /// number.
    public func before(_ call: LMSCall, pass: Int? = nil, _ hook: @escaping Hook) {
        inside.withLock { $0.hooks.append((call, pass, hook)) }
    }

    /// Has each registration ask MITx Online for the learner's username by the access token, as the LMS does; it is
    /// refused when the answer is another name or nil.
    public func onUserInfo(_ answer: @escaping @Sendable (String) async -> String?) {
        inside.withLock { $0.userInfo = answer }
    }

    /// Applies all late requests that are still under way.
    public func applyLateRequests() {
        inside.withLock { $0.applyLate { _ in true } }
    }

    // MARK: Answering

    /// Receives a request and answers it.
    public func answer(_ request: LMSRequest) async -> LMSReply {
        let arrival = inside.withLock { $0.receive(request, at: manualClock?.now) }
        guard let arrival else { return LMSReply(500).delivered(.refused) }
        for hook in arrival.hooks { await hook(request) }
        if arrival.fault == .held { await waitForOther(than: arrival.applied) }
        var isRefused = false
        if arrival.call == .registration, arrival.fault?.isApplied ?? true, let userInfo = arrival.userInfo {
            let username = await userInfo(request.field("access_token") ?? "")
            isRefused = username == nil || username != request.field("username")
        }
        return inside.withLock { $0.apply(request, arrival.fault, isRefusedBySite: isRefused) }
    }

    private func waitForOther(than applied: Int) async {
        let start = ContinuousClock.now
        while inside.withLock({ $0.applied }) == applied, ContinuousClock.now - start < holdLimit {
            try? await Task.sleep(for: .milliseconds(1))
        }
    }
}

extension FakeLMS.Inside {
    /// What is to be known of a request before it is applied.
    fileprivate struct Arrival {
        let call: LMSCall
        let fault: LMSFault?
        let hooks: [FakeLMS.Hook]
        let userInfo: (@Sendable (String) async -> String?)?
        let applied: Int
    }

    /// Counts a request and finds its fault; nil for another host.
    fileprivate mutating func receive(_ request: LMSRequest, at now: Timestamp?) -> Arrival? {
        guard [state.origin, state.siteOrigin, state.studioOrigin].contains(request.origin) else {
            strays.append(request)
            return nil
        }
        let call = LMSCall(request, isSite: request.origin == state.siteOrigin)
        counts[call, default: 0] += 1
        received.append(request)
        let pass = counts[call, default: 0]
        return Arrival(
            call: call, fault: script.fault(of: request, call, at: now),
            hooks: hooks.filter { $0.call == call && ($0.pass == nil || $0.pass == pass) }.map(\.hook),
            userInfo: userInfo, applied: applied)
    }

    /// Applies a request as far as its fault lets it, then the late ones whose turn it is.
    fileprivate mutating func apply(_ request: LMSRequest, _ fault: LMSFault?, isRefusedBySite: Bool) -> LMSReply {
        var reply: LMSReply?
        if fault?.isApplied ?? true {
            let error = JSONValue.members(["error_code": .string("invalid-third-party-token")])
            reply = isRefusedBySite ? .json(error, status: 400) : state.answer(request)
            if fault == .duplicated { reply = state.answer(request) }
            applied += 1
        }
        for index in late.indices { late[index].remaining -= 1 }
        applyLate { $0 <= 0 }
        if case .late(let requests)? = fault { late.append((request, requests)) }
        guard let fault else { return reply ?? LMSReply(500) }
        return fault.answer(reply)
    }

    fileprivate mutating func applyLate(_ isDue: (Int) -> Bool) {
        let due = late.filter { isDue($0.remaining) }
        late.removeAll { isDue($0.remaining) }
        for entry in due {
            _ = state.answer(entry.request)
            applied += 1
        }
    }
}
