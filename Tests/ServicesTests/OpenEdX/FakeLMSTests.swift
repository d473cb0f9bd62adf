import Bytes
import Support
import Testing

/// The fake LMS against the tables of `spec/openedx.md` §3.12 and §3.13.
@Suite("Fake LMS: enrollments")
struct FakeLMSTests {
    private static let run = OpenEdXFixture.run

    /// What a learner has before and after a call.
    enum Held: Hashable, Sendable {
        case none
        case active(String)
        case inactive(String)
    }

    private func lms(_ held: Held) -> FakeLMS {
        let lms = OpenEdXFixture.lms()
        switch held {
        case .none: break
        case .active(let mode): lms.add(LMSEnrollment(run: FakeLMSTests.run, username: "ada_l", mode: mode))
        case .inactive(let mode):
            lms.add(LMSEnrollment(run: FakeLMSTests.run, username: "ada_l", mode: mode, isActive: false))
        }
        return lms
    }

    private func held(_ lms: FakeLMS) -> Held {
        guard let enrollment = lms.enrollment(of: "ada_l", in: FakeLMSTests.run) else { return .none }
        return enrollment.isActive ? .active(enrollment.mode) : .inactive(enrollment.mode)
    }

    private func post(
        _ lms: FakeLMS, user: String = "ada_l", run: String = run, mode: String?, isActive: String? = nil,
        isForced: Bool = true
    ) async -> LMSReply {
        var members = [#""course_details": {"course_id": "\#(run)"}"#, #""user": "\#(user)""#]
        if let mode { members.append(#""mode": "\#(mode)""#) }
        if let isActive { members.append(#""is_active": \#(isActive)"#) }
        if isForced { members.append(#""force_enrollment": true"#) }
        return await lms.answer(
            LMSRequest(
                origin: "https://lms.test", method: "POST", target: "/api/enrollment/v1/enrollment",
                headers: [("Authorization", "Bearer sw-1")], body: Array("{\(members.joined(separator: ","))}".utf8)))
    }

    @Test(
        "the table of the enroll call",
        arguments: [
            (Held.none, Held.active("verified"), [LMSEffect.enrolled("ada_l", run: run, mode: "verified")]),
            (.active("verified"), .active("verified"), []),
            (
                .active("audit"), .active("verified"),
                [.modeChanged("ada_l", run: run, from: "audit", to: "verified")]
            ),
            (.inactive("verified"), .active("verified"), [.reactivated("ada_l", run: run, mode: "verified")]),
            (
                .inactive("audit"), .inactive("verified"),
                [.modeChanged("ada_l", run: run, from: "audit", to: "verified")]
            ),
        ])
    func enroll(before: Held, after: Held, effects: [LMSEffect]) async {
        let lms = lms(before)
        let reply = await post(lms, mode: "verified")
        #expect(reply.status == 200)
        #expect(held(lms) == after)
        #expect(lms.effects == effects)
    }

    @Test(
        "the force flag helps to come in, not to change the mode, when the mode is expired",
        arguments: [
            (Held.none, true, 200), (.inactive("verified"), true, 200), (.active("verified"), true, 200),
            (.active("audit"), true, 400), (.inactive("audit"), true, 400), (.none, false, 400),
        ])
    func expiredMode(before: Held, isForced: Bool, status: Int) async {
        let lms = lms(before)
        lms.update { $0.courses[FakeLMSTests.run]?.expiredModes = ["verified"] }
        #expect(await post(lms, mode: "verified", isForced: isForced).status == status)
        if status == 400 { #expect(lms.effects.isEmpty) }
    }

    @Test(
        "the table of the deactivate call",
        arguments: [
            (Held.active("verified"), Held.inactive("verified"), false, 200),
            (.none, .inactive("audit"), false, 200), (.inactive("verified"), .inactive("audit"), false, 200),
            (.none, .none, true, 400),
        ])
    func deactivate(before: Held, after: Held, isClosed: Bool, status: Int) async {
        let lms = lms(before)
        lms.update { $0.courses[FakeLMSTests.run]?.isClosed = isClosed }
        #expect(await post(lms, mode: nil, isActive: "false", isForced: false).status == status)
        #expect(held(lms) == after)
    }

    @Test("a deactivation with another mode is refused")
    func mismatch() async {
        let lms = lms(.active("verified"))
        #expect(await post(lms, mode: "audit", isActive: "false").status == 400)
        #expect(held(lms) == .active("verified"))
    }

    @Test("refusals of the enrollment call")
    func refusals() async {
        let lms = lms(.none)
        #expect(await post(lms, user: "nobody", mode: "audit").status == 406)
        #expect(await post(lms, run: "course-v1:MITx+none+1T", mode: "audit").status == 400)
        #expect(await post(lms, run: "nonsense", mode: "audit").status == 400)
        #expect(await post(lms, mode: "honor").status == 400)
        #expect(await post(lms, mode: "audit", isActive: "\"no\"").status == 400)
        lms.update { $0.courses[FakeLMSTests.run]?.embargoed = ["ada_l"] }
        #expect(await post(lms, mode: "audit").status == 403)
        lms.update { $0.isServiceWorkerStaff = false }
        #expect(await post(lms, mode: "audit").status == 404)
        #expect(await post(lms, user: "login_service_user", mode: "verified").status == 403)
        lms.update { $0.serviceWorkerToken = "another" }
        #expect(await post(lms, mode: "audit").status == 401)
        #expect(lms.effects.isEmpty)
    }
}
