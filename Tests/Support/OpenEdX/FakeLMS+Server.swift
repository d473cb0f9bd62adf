import HTTP

extension FakeLMS {
    /// Serves the LMS on the loopback interface; its address is the server's from now on.
    ///
    /// Delays are real there. A refused connection is one that is reset, since the server listens.
    public func serve() throws -> LoopbackServer {
        let server = try LoopbackServer.start { request in
            await self.answer(LMSRequest(request, to: self.state.origin)).loopback
        }
        update { $0.origin = server.url }
        return server
    }

    /// Serves MITx Online's part of an authorization, which has an address of its own.
    public func serveSite() throws -> LoopbackServer {
        let server = try LoopbackServer.start { request in
            await self.answer(LMSRequest(request, to: self.state.siteOrigin)).loopback
        }
        update { $0.siteOrigin = server.url }
        return server
    }
}

extension LMSRequest {
    fileprivate init(_ request: LoopbackRequest, to origin: String) {
        self.init(
            origin: origin, method: request.method, target: request.target, headers: request.headers,
            body: request.body)
    }
}

extension LMSReply {
    fileprivate var loopback: LoopbackReply {
        let reply = LoopbackReply(status, headers: headers, body: body)
        return switch delivery {
        case .whole: reply
        case .delayed(let delay): reply.delivered(.delayed(delay))
        case .truncated(let count): reply.delivered(.truncated(after: count))
        case .refused, .reset: reply.delivered(.reset)
        case .silence: reply.delivered(.silence)
        }
    }
}
