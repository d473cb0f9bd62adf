import Bytes
import Command
import HTTP

/// The service that signs verifiable credentials (`spec/openedx.md` §3.22, §11.5).
///
/// A call is made once and not repeated: whoever asks again later gets the credential of the same id.
public struct CredentialSigner: Sendable {
    private static let service: StaticString = "credential signer"
    private static let call: StaticString = "sign"
    /// How long a call may take as a whole (§2.3).
    private static let timeLimit = Duration.seconds(10)

    private let settings: CredentialSettings
    private let transport: any Transport
    private let time: TimeSource

    /// A signer that is asked through `transport`, which does not repeat.
    public init(_ settings: CredentialSettings, over transport: any Transport, time: TimeSource) {
        self.settings = settings
        self.transport = transport
        self.time = time
    }

    /// The signed credential.
    ///
    /// - Throws: ``ServiceError``; `systemic` when the signer does not take the token, `permanent` when it refuses this payload.
    public func sign(_ payload: CredentialPayload) async throws(ServiceError) -> JSONValue {
        var request = Request(Self.call, .post, RequestURL(settings.signer, settings.signer.path))
        request.headers.append(Header("Content-Type", "application/json"))
        if let token = settings.bearerToken { request.headers.append(Header("Authorization", "Bearer ", token)) }
        var buffer = ByteBuffer()
        buffer.object { payload.write(signedWith: settings.did, into: &$0) }
        request.body = Array(buffer.bytes)
        let response: Response
        do throws(TransportError) {
            response = try await transport.send(request, within: Deadline(at: time.steady() + Self.timeLimit))
        } catch {
            throw Self.error(error)
        }
        guard (200...299).contains(response.status) else { throw Self.error(response, now: time.now()) }
        guard let credential = try? JSONValue(parsing: response.body), case .object = credential else {
            throw Self.error(.temporary, response.status, "the answer is no JSON object")
        }
        // Another id would be another certificate's.
        guard let id = credential["id"]?.string?.lowercased(), id == payload.id || "urn:uuid:\(id)" == payload.id else {
            throw Self.error(.temporary, response.status, "the answer is a credential of another id")
        }
        return credential
    }

    // MARK: Dispositions

    private static func error(_ response: Response, now: Timestamp) -> ServiceError {
        let disposition: Disposition =
            switch response.status {
            case 401, 403, 404, 407, 301, 308: .systemic  // The token, or the address, is not the signer's.
            case 408, 425: .temporary
            case 429, 500...: .unavailable(retryAfter: response.retryAfter(now: now))
            case 400...499: .permanent
            default: .temporary
            }
        return error(
            disposition, response.status,
            "Response - code: \(response.status), content: (\(response.body.count) bytes, not shown)")
    }

    private static func error(_ failure: TransportError) -> ServiceError {
        let disposition: Disposition =
            switch failure.code {
            case .stopped: .stopped
            case .invalidRequest: .systemic
            case .tooLarge, .bodyFailed, .withheld: .temporary
            case .limited: .unavailable(retryAfter: failure.retryAfter)
            case .cannotConnect, .insecure, .timeout, .connectionLost, .malformed: .unavailable(retryAfter: nil)
            }
        return error(disposition, nil, failure.description)
    }

    /// Signing leaves nothing behind that anybody would have to look for.
    private static func error(_ disposition: Disposition, _ status: Int?, _ detail: String) -> ServiceError {
        ServiceError(service, call, disposition, mayHaveHappened: false, status: status, detail: detail)
    }
}
