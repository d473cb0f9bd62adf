import Bytes
import Command
import HTTP
import Services
import Support
import Testing

/// What answers of the signer mean for the work (`spec/openedx.md` §3.22).
@Suite("Credential signer")
struct CredentialSignerTests {
    private static let payload = CredentialPayload(
        certificate: "5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11", learner: "Ada Lovelace",
        validFrom: Timestamp(microseconds: 1_780_315_200_500_000), enrolled: Timestamp(microseconds: 0),
        achievement: .program, achievementURL: "https://learn.test/programs/p", name: "P", criteria: "Did \"X\"",
        imageURL: nil)

    private static func signer(_ fake: FakeSigner, token: String = "canary-signer-token") throws -> CredentialSigner {
        let url = try #require(WebURL("https://signer.test/issue"))
        return CredentialSigner(
            CredentialSettings(signer: url, bearerToken: Secret(token), did: "z6Mk"), over: fake.transport,
            time: ManualClock().source)
    }

    @Test(
        "an answer that is no signature",
        arguments: [
            (401, Disposition.systemic), (403, .systemic), (404, .systemic), (400, .permanent), (422, .permanent),
            (408, .temporary), (429, .unavailable(retryAfter: nil)), (500, .unavailable(retryAfter: nil)),
            (503, .unavailable(retryAfter: nil)), (302, .temporary), (308, .systemic),
        ])
    func dispositions(status: Int, disposition: Disposition) async throws {
        let fake = FakeSigner()
        fake.fail(.status(status))
        let signer = try Self.signer(fake)
        let error = await #expect(throws: ServiceError.self) { _ = try await signer.sign(Self.payload) }
        #expect(error?.disposition == disposition && fake.requestCount == 1)
        #expect(error?.description.contains("Ada") == false && error?.description.contains("canary") == false)
    }

    @Test("a wrong token is refused, and the right one gets the payload back with its proof")
    func tokens() async throws {
        let fake = FakeSigner()
        let wrong = try Self.signer(fake, token: "other")
        let error = await #expect(throws: ServiceError.self) { _ = try await wrong.sign(Self.payload) }
        #expect(error?.disposition == .systemic)
        let credential = try await Self.signer(fake).sign(Self.payload)
        #expect(credential["validFrom"]?.string == "2026-06-01T12:00:00Z")
        #expect(credential["credentialSubject"]?["achievement"]?["image"] == nil)
        #expect(credential["credentialSubject"]?["achievement"]?["criteria"]?["narrative"]?.string == "Did \"X\"")
        #expect(credential["proof"] != nil)
    }
}
