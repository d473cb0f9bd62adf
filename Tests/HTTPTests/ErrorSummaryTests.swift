import Command
import HTTP
import Testing

@Suite("Error summaries") struct ErrorSummaryTests {
    private func summary(_ body: String, type: String = "application/json", masking: [String] = []) throws -> String {
        let url = RequestURL(try #require(WebURL("https://lms.test")), "/api/v1/x", query: [("username", "ada")])
        let response = Response(status: 400, headers: [("Content-Type", type)], body: Array(body.utf8))
        return ErrorSummary(response, from: url, masking: masking.map { Secret($0) }).description
    }

    @Test("The body is told, up to 2000 characters")
    func content() throws {
        #expect(try summary(#"{"error": "no"}"#) == #"Response - code: 400, content: {"error": "no"}"#)
        let long = try summary(String(repeating: "é", count: 2001))
        #expect(long == "Response - code: 400, content: " + String(repeating: "é", count: 2000))
    }

    @Test(
        "Of a page only the address is told, without its query", arguments: ["text/html", "Text/HTML; charset=utf-8"])
    func page(_ type: String) throws {
        let told = try summary("<html>secret</html>", type: type)
        #expect(told == "Response - code: 400, url: https://lms.test/api/v1/x, content: (HTML body ignored)")
    }

    @Test("Secrets are masked, encoded ones and those at the cut too")
    func masked() throws {
        let told = try summary("a t+k b t%2Bk c t+k-long d", masking: ["t+k", "t+k-long", ""])
        #expect(told == "Response - code: 400, content: a [redacted] b [redacted] c [redacted] d")
        let atTheCut = try summary(String(repeating: "x", count: 1995) + "canary-token", masking: ["canary-token"])
        #expect(!atTheCut.contains("canar"))
        #expect(try !summary("<p>", type: "text/html", masking: ["v1"]).contains("v1"))
    }
}
