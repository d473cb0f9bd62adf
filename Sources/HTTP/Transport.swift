/// The way requests go out and answers come in: the whole seam between this program and the network.
///
/// Decorators add what one call does not have: retries, limits, a log, a dry run, a recording.
public protocol Transport: Sendable {
    /// Sends the request and returns its answer, whatever its status.
    ///
    /// Redirects are not followed. When the task is cancelled, a call in flight goes on for a while, since its effect would
    /// else be unknown (``CurlTransport``).
    ///
    /// - Throws: ``TransportError`` when there is no answer.
    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response
}
