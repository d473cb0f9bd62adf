import Command
import Services
import Support
import Testing

/// What is asked and set with a learner's token (`spec/openedx.md` §3.11, §3.19), and the whole list of a run (§3.10).
@Suite("Calls with a learner's token")
struct OwnEnrollmentTests {
    private static let run = OpenEdXFixture.run
    private static let token = Secret("at-ada")

    @Test("a learner's own enrollments are keyed by run; a later one wins")
    func own() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSEnrollment(run: Self.run, username: "ada_l", mode: "audit"))
        lms.add(LMSEnrollment(run: Self.run, username: "ada_l", mode: "verified", isActive: false))
        lms.add(LMSEnrollment(run: "course-v1:MITx+2+R", username: "ada_l", mode: "audit"))
        lms.add(LMSEnrollment(run: Self.run, username: "somebody", mode: "audit"))
        let found = try await OpenEdXFixture.client(lms.transport()).ownEnrollments(userToken: Self.token)
        #expect(found.count == 2)
        #expect(found[Self.run]?.mode == "verified")
        #expect(found[Self.run]?.isActive == false)
    }

    @Test("a token that is none is that learner's matter")
    func foreignToken() async throws {
        let lms = OpenEdXFixture.lms()
        let client = try OpenEdXFixture.client(lms.transport())
        let error = await #expect(throws: ServiceError.self) {
            _ = try await client.ownEnrollments(userToken: Secret("at-nobody"))
        }
        #expect(error?.disposition == .temporary)
        #expect(error?.status == 401)
    }

    @Test("e-mails are switched on and off; what the LMS says is the result")
    func mails() async throws {
        let lms = OpenEdXFixture.lms()
        lms.add(LMSEnrollment(run: Self.run, username: "ada_l", mode: "audit"))
        let client = try OpenEdXFixture.client(lms.transport())
        #expect(try await client.receiveMails(false, of: Self.run, userToken: Self.token))
        #expect(lms.received.last?.json?["receive_emails"] == nil)
        #expect(try await client.receiveMails(true, of: Self.run, userToken: Self.token))
        #expect(lms.received.last?.json?["receive_emails"]?.string == "on")
        #expect(
            lms.effects == [
                .mailsChanged("ada_l", run: Self.run, isOn: false), .mailsChanged("ada_l", run: Self.run, isOn: true),
            ])
        let isDone = try await client.receiveMails(true, of: "course-v1:MITx+9+R", userToken: Self.token)
        #expect(!isDone)
        lms.fault(.html, on: .mailSettings)
        await #expect(throws: ServiceError.self) {
            _ = try await client.receiveMails(true, of: Self.run, userToken: Self.token)
        }
    }

    @Test("all enrollments of a run come page by page")
    func pages() async throws {
        let lms = OpenEdXFixture.lms()
        lms.update { $0.pageSize = 2 }
        for number in 1...5 { lms.add(LMSEnrollment(run: Self.run, username: "l_\(number)", mode: "audit")) }
        let client = try OpenEdXFixture.client(lms.transport())
        var names: [String] = []
        var cursor: String?
        repeat {
            let page = try await client.allEnrollments(in: Self.run, after: cursor)
            names += page.enrollments.map(\.username)
            cursor = page.next
        } while cursor != nil
        #expect(names == (1...5).map { "l_\($0)" })
        #expect(lms.count(.enrollmentList) == 3)
    }
}
