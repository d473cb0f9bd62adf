import Command
import Support
import Testing

@testable import HTTP

@Suite("Encryption") struct TLSTests {
    private func request(_ url: String) throws -> Request {
        var request = Request("encrypted", .get, RequestURL(try #require(WebURL(url)), "/"))
        request.headers = [Header("Authorization", "Bearer ", Secret("canary"))]
        return request
    }

    @Test("Only a certificate of a known authority, for that very host, is trusted")
    func verified() async throws {
        let server = try TLSServer()
        var trusting = makeCurl()
        trusting.authorities = server.certificate
        #expect(try await trusting.send(request(server.url), within: .after()).status == 200)

        for (transport, url) in [(makeCurl(), server.url), (trusting, server.numericURL)] {
            let error = try await failure(of: request(url), by: transport)
            #expect(error.code == .insecure)
            #expect(!error.mayHaveArrived)
        }
    }
}
