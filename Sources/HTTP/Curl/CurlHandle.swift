import CCurl

/// A libcurl easy handle: makes one blocking call after the other and keeps their connections.
final class CurlHandle {
    private static let isPrepared = curl_prepare() == CURLE_OK

    private let handle: UnsafeMutableRawPointer

    init?() {
        guard CurlHandle.isPrepared, let handle = curl_easy_init() else { return nil }
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// Makes the call and waits for its end.
    func perform(_ call: CurlCall) -> Result<Response, TransportError> {
        let request = call.request
        guard !call.stop.isRequested else {
            return .failure(TransportError(.stopped, request, mayHaveArrived: false))
        }
        let remaining = call.remaining
        guard remaining > .zero else { return .failure(TransportError(.timeout, request, mayHaveArrived: false)) }

        let receipt = CurlReceipt(bodyLimit: request.responseLimit, sink: request.sink, stop: call.stop)
        let source = request.source.map { CurlSource($0) }
        let headers = CurlHeaders(request)
        // The handle points into all of these during the call; the reset makes it forget them.
        let outcome = withExtendedLifetime((receipt, headers, source)) {
            (request.body ?? []).withUnsafeBytes { body in
                defer { curl_easy_reset(handle) }
                var options = CurlOptions(handle)
                options.setPolicy(of: call, remaining: remaining)
                options.setRequest(request, headers: headers.list, body: body, source: source)
                options.setReceipt(receipt)
                guard options.code == CURLE_OK else { return Outcome(code: options.code, status: 0, wasSent: false) }
                let code = curl_easy_perform(handle)
                return Outcome(
                    code: code, status: curl_number_of(handle, CURLINFO_RESPONSE_CODE),
                    wasSent: curl_number_of(handle, CURLINFO_REQUEST_SIZE) > 0)
            }
        }
        return outcome.result(of: request, receipt, source)
    }
}

/// How a call ended.
private struct Outcome {
    let code: CURLcode
    let status: Int
    /// Whether something of the request left this machine, or may have.
    let wasSent: Bool

    func result(
        of request: Request, _ receipt: CurlReceipt, _ source: CurlSource?
    ) -> Result<Response, TransportError> {
        // A sink that nothing came for holds nothing of an earlier attempt.
        if code == CURLE_OK, receipt.finish() {
            return .success(Response(status: status, headers: receipt.headers, body: receipt.body))
        }
        // libcurl's words for a code are fixed texts and name nothing of the request.
        return .failure(
            TransportError(
                kind(receipt, source), request, mayHaveArrived: wasSent,
                detail: code == CURLE_OK ? nil : String(cString: curl_easy_strerror(code))))
    }

    private func kind(_ receipt: CurlReceipt, _ source: CurlSource?) -> TransportError.Code {
        if receipt.isStopped { return .stopped }
        if receipt.hasFailed || source?.hasFailed == true { return .bodyFailed }
        if receipt.isTooLarge { return .tooLarge }
        switch code {
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge
        case CURLE_OPERATION_TIMEDOUT: return wasSent ? .timeout : .cannotConnect
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
            return .insecure
        case CURLE_URL_MALFORMAT: return .invalidRequest
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: return .malformed
        // A handshake that breaks is a connection that does not come about: an overloaded balancer does so.
        default: return wasSent ? .connectionLost : .cannotConnect
        }
    }
}
