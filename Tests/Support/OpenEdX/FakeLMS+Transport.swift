import HTTP

extension FakeLMS {
    /// A transport that reaches this LMS without a socket.
    ///
    /// What comes only after the client's time is over ends as ``TransportError/Code/timeout``; the manual clock then
    /// shows the deadline.
    public func transport() -> some Transport { FakeLMSTransport(lms: self) }

    /// Waits on the manual clock, if there is one; true when the deadline comes first.
    fileprivate func passes(_ deadline: Deadline, within delay: Duration?) -> Bool {
        guard let clock = manualClock else { return delay == nil }
        guard let delay, clock.steady + delay < deadline.at else {
            clock.advance(to: deadline.at)
            return true
        }
        clock.advance(by: delay)
        return false
    }
}

private struct FakeLMSTransport: Transport {
    let lms: FakeLMS

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        guard !Task.isCancelled else { throw TransportError(.stopped, request, mayHaveArrived: false) }
        if let clock = lms.manualClock, clock.steady >= deadline.at {
            throw TransportError(.timeout, request, mayHaveArrived: false)
        }
        let reply = await lms.answer(LMSRequest(request))
        switch reply.delivery {
        case .whole: break
        case .delayed(let delay):
            if lms.passes(deadline, within: delay) { throw TransportError(.timeout, request, mayHaveArrived: true) }
        case .truncated: throw TransportError(.connectionLost, request, mayHaveArrived: true)
        case .refused: throw TransportError(.cannotConnect, request, mayHaveArrived: false)
        case .reset: throw TransportError(.connectionLost, request, mayHaveArrived: true)
        case .silence:
            _ = lms.passes(deadline, within: nil)
            throw TransportError(.timeout, request, mayHaveArrived: true)
        }
        guard reply.body.count <= request.responseLimit else {
            throw TransportError(.tooLarge, request, mayHaveArrived: true)
        }
        return Response(status: reply.status, headers: reply.headers, body: reply.body)
    }
}
