/// Lets out only what asks: the net below a dry run.
///
/// A job that runs dry decides for itself what it would do, and prints it in its own words. Whatever it sends nevertheless
/// does not go out here: the request is reported and the call fails with ``TransportError/Code/withheld``. There is no
/// made-up answer, since the work that followed from it would be made up too; a caller that wants to go on catches the code.
public struct DryRunTransport: Transport {
    private let base: any Transport
    private let report: @Sendable (Request) -> Void

    /// Lets the requests of `base` out that are ``Request/isSafe``.
    ///
    /// - Parameter report: is told of each request that is kept back.
    public init(_ base: any Transport, report: @escaping @Sendable (Request) -> Void) {
        self.base = base
        self.report = report
    }

    /// Sends the request if it only asks.
    ///
    /// - Throws: ``TransportError/Code/withheld`` otherwise.
    public func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        guard request.isSafe else {
            report(request)
            throw TransportError(.withheld, request, mayHaveArrived: false)
        }
        return try await base.send(request, within: deadline)
    }
}
