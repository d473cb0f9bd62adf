import Bytes
import HTTP
import Synchronization

/// A fake signer of verifiable credentials: what it signed, and faults on demand.
public final class FakeSigner: Sendable {
    /// What happens to a request instead of a signature.
    public enum Fault: Sendable {
        /// An answer of this status, with the payload in it as an error would quote it.
        case status(Int)
        /// An answer of this status and body.
        case body(String, status: Int = 201)
        /// Signed, but the answer is lost.
        case lost
        /// A signature of a credential of another id.
        case otherID
    }

    private struct Inside {
        var signed: [String: Int] = [:]
        var payloads: [JSONValue] = []
        var faults: [Fault] = []
        var standing: Fault?
        var requests = 0
        var idPrefix = true
    }

    private let inside = Mutex(Inside())
    private let token: String

    /// A signer that lets in whoever has the token.
    public init(token: String = "canary-signer-token") {
        self.token = token
    }

    /// How often each id was signed.
    public var signed: [String: Int] { inside.withLock(\.signed) }

    /// The payloads that were signed, in their order.
    public var payloads: [JSONValue] { inside.withLock(\.payloads) }

    /// How many requests came.
    public var requestCount: Int { inside.withLock(\.requests) }

    /// The next requests end so, one each.
    public func fail(_ faults: Fault...) {
        inside.withLock { $0.faults += faults }
    }

    /// All requests end so from now on; nil: none.
    public func failAlways(_ fault: Fault?) {
        inside.withLock { $0.standing = fault }
    }

    /// Whether ids come back as `urn:uuid:…`, or as the bare UUID.
    public func answerWithPrefix(_ isOn: Bool) {
        inside.withLock { $0.idPrefix = isOn }
    }

    /// The way to it, without a socket.
    public var transport: some Transport { FakeSignerTransport(signer: self) }

    fileprivate func answer(_ request: Request) throws(TransportError) -> Response {
        let hasToken = request.headers.contains {
            $0.name.lowercased() == "authorization" && $0.value.revealed == "Bearer \(token)"
        }
        let body = request.body ?? []
        let result: Result<Response, TransportError> = inside.withLock { state in
            state.requests += 1
            guard hasToken else { return .success(Response(status: 401)) }
            let fault = state.faults.isEmpty ? state.standing : state.faults.removeFirst()
            switch fault {
            case .status(let status): return .success(Response(status: status, body: body))
            case .body(let text, let status): return .success(Response(status: status, body: Array(text.utf8)))
            case .lost, .otherID, nil: break
            }
            guard let payload = try? JSONValue(parsing: body), case .object(let members) = payload,
                let id = payload["id"]?.string
            else { return .success(Response(status: 400)) }
            state.signed[id, default: 0] += 1
            state.payloads.append(payload)
            if case .lost = fault {
                return .failure(TransportError(.connectionLost, request, mayHaveArrived: true))
            }
            var answered = state.idPrefix ? id : String(id.dropFirst("urn:uuid:".count))
            if case .otherID = fault { answered = "urn:uuid:00000000-0000-4000-8000-000000000000" }
            var buffer = ByteBuffer()
            buffer.appendJSON(
                .object(
                    members.map { $0.key == "id" ? .init(key: "id", value: .string(answered)) : $0 } + [
                        .init(
                            key: "proof",
                            value: .object([
                                .init(key: "type", value: .string("Ed25519Signature2020")),
                                .init(key: "proofValue", value: .string("z\(state.signed[id] ?? 0)")),
                            ]))
                    ]))
            return .success(Response(status: 201, body: buffer.fittedBytes))
        }
        return try result.get()
    }
}

private struct FakeSignerTransport: Transport {
    let signer: FakeSigner

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        try signer.answer(request)
    }
}
