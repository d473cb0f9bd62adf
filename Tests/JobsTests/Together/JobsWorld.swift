import Bytes
import Flows
import HTTP
import Records
import Store
import Support
import Synchronization
import Worker

@testable import Jobs

/// A small world in which every job has something to do.
///
/// Run 101 has grades at the LMS, and its course is what program 101 takes; run 102 is another at the LMS than here.
struct JobsWorld: Sendable {
    static let run = "course-v1:MITx+W1+3T2026", otherRun = "course-v1:MITx+W2+3T2026"
    static let environment = [
        "OPENEDX_SERVICE_WORKER_USERNAME": "login_service_user", "MITX_ONLINE_FASTLY_URL": FakeFastly.origin,
        "MIT_LEARN_FASTLY_SERVICE_ID": FakeFastly.service, "MITX_ONLINE_FASTLY_AUTH_TOKEN": FakeFastly.token,
        "VERIFIABLE_CREDENTIAL_SIGNER_URL": "https://signer.test/issue",
        "VERIFIABLE_CREDENTIAL_BEARER_TOKEN": "canary-signer-token", "VERIFIABLE_CREDENTIAL_DID": "z6MkInvented",
    ]

    /// The learners by id: who has no account at the LMS yet is not synced.
    static let learners: [(id: Int, name: String, isSynced: Bool)] = [
        (11, "ada_l", true), (12, "bea_m", true), (13, "cyd_n", false), (14, "dan_o", true), (15, "eve_p", true),
        (16, "fay_q", true), (17, "gus_r", true), (18, "hal_s", true),
    ]

    let stage: JobStage
    let fastly = FakeFastly()
    let signer = FakeSigner()
    let numbers: RandomNumbers

    /// The world in an empty database.
    init(_ test: TestDatabase, seed: UInt64 = 1) async throws {
        stage = JobStage(test, environment: Self.environment)
        let random = RandomSource(seed: seed)
        numbers = RandomNumbers { random.number($0) }
        try await fill()
    }

    /// The way to all services.
    var transport: any Transport {
        ServicesTransport(signer: signer.transport, others: fastly.transport(beside: stage.lms.transport()))
    }

    private func fill() async throws {
        stage.openSiteSessions()
        try await stage.write { session in
            try session.insertApplication()
            try session.insertModes()
            try session.insertRun(101, key: Self.run)
            try session.insertRun(102, key: Self.otherRun)
            for run in [101, 102] {
                for mode in 1...2 { try session.insertMode(mode, ofRun: run) }
            }
            try session.insertCertificatePage(ofCourse: 101)
            try session.execute(
                """
                UPDATE cms_certificatepage SET should_provision_verifiable_credential = \(true),
                    verifiable_credential_criteria = 'Did it'
                """)
            for (user, name, isSynced) in Self.learners {
                try session.insertLearner(user, username: name, email: "\(name)@example.org")
                guard isSynced else { continue }
                try session.insertAccount(of: user, name, desired: name, isSynced: true)
                try session.insertTokens(
                    of: user, refresh: "rt-\(name)", access: "at-\(name)", expiry: "2026-12-01T00:00:00Z")
            }
            try Self.insertEnrollments(&session)
            try Self.insertPrograms(&session)
            try Self.insertTokens(&session)
            try Self.insertQueues(at: stage.clock.now, &session)
        }
        fillLMS()
    }

    private static func insertEnrollments(_ session: inout Session) throws {
        // Passed: bea and gus, of whom the webhook told; hal has a certificate without a credential.
        for user in [11, 12, 17, 18] {
            try session.insertEnrollment(
                user * 1000 + 101, user: user, run: 101, mode: "verified", edxEnrolled: true)
        }
        try session.insertCourseCertificate(
            9001, user: 18, run: 101, uuid: CertificateStage.uuid, issued: "2026-09-01T00:00:00Z", revision: 3301)
        // Open edX does not know of dan's and cyd's yet, nor that eve left.
        try session.insertEnrollment(14_102, user: 14, run: 102, mode: "verified")
        try session.insertEnrollment(13_102, user: 13, run: 102)
        try session.insertEnrollment(
            15_102, user: 15, run: 102, active: false, edxEnrolled: true, changeStatus: "unenrolled",
            updatedOn: "2026-09-15T11:00:00Z")
        try session.insertCompletion(user: 16, run: 102)
    }

    private static func insertPrograms(_ session: inout Session) throws {
        for (id, course) in [(101, 101), (102, 102), (103, 102)] {
            try session.insertProgram(id)
            try session.insertRequirements([.all([.course(course)])], of: id)
        }
        // Nobody can take three courses of one.
        try session.insertProgram(104)
        try session.insertRequirements([.atLeast(3, [.course(101)])], of: 104)
        for user in [12, 17, 18] {
            try session.insertProgramEnrollment(user * 1000 + 101, user: user, program: 101)
        }
        try session.insertProgramEnrollment(16_102, user: 16, program: 102)
        try session.insertProgramEnrollment(16_103, user: 16, program: 103, mode: "audit")
    }

    private static func insertTokens(_ session: inout Session) throws {
        for (id, expires) in [(1, "2026-09-01T00:00:00Z"), (2, "2026-12-01T00:00:00Z")] {
            let end = try Timestamp(fixture: expires)
            try session.execute(
                """
                INSERT INTO oauth2_provider_grant (id, code, expires, redirect_uri, scope, application_id, user_id, created,
                    updated, code_challenge, code_challenge_method, nonce, claims)
                VALUES (\(id), \("c\(id)"), \(end), '', '', (SELECT min(id) FROM oauth2_provider_application), 11, \(end),
                    \(end), '', '', '', '')
                """)
        }
    }

    private static func insertQueues(at now: Timestamp, _ session: inout Session) throws {
        let event = JSONValue.object([
            JSONValue.Member(key: "user", value: .number("17")), JSONValue.Member(key: "run", value: .number("101")),
        ])
        try Queue.inbox.add(CertificateEvents.kind, key: "17:101", payload: event, due: now, at: now, in: &session)
        try ProfileNotice.profileSaved(of: 11, isNameNew: true, at: now, in: &session)
        try Queue.outbox.add(
            MailSubscription.kind, key: "enrollment:11101",
            payload: .object([JSONValue.Member(key: "enrollment", value: .number("11101"))]), due: now, at: now,
            in: &session)
        try session.insertOrder(1, of: 11)
        try OrderEnrollments.add(run: 102, of: 11, order: 1, stamp: "gateway:enrollments", at: now, in: &session)
        try CachePurges.note(["mitxonline:program:program-v1:MITx+P101"], at: now - .seconds(3600), in: &session)
    }

    private func fillLMS() {
        let lms = stage.lms
        lms.update { state in
            state.courses[Self.run] = LMSCourse(Self.run)
            var other = LMSCourse(Self.otherRun)
            other.facts.name = "Another title"
            other.facts.end = "2027-01-10T00:00:00Z"
            state.courses[Self.otherRun] = other
            // The stage has added ada already.
            for (_, name, isSynced) in Self.learners where isSynced {
                if name != "ada_l" { state.users.append(LMSUser(name, email: "\(name)@example.org")) }
                state.accessTokens["at-\(name)"] = name
            }
        }
        for name in ["bea_m", "gus_r", "hal_s"] { lms.grade(name, in: Self.run, .good) }
        lms.add(LMSEnrollment(run: Self.run, username: "ada_l", mode: "verified"))
        lms.add(LMSEnrollment(run: Self.otherRun, username: "eve_p", mode: "audit"))
        lms.grade("fay_q", in: Self.otherRun, .good)
    }
}

/// Random numbers of a seed, the same whoever draws them.
final class RandomSource: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    func number(_ range: ClosedRange<Int>) -> Int {
        generator.withLock { Int.random(in: range, using: &$0) }
    }

    func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }
}

/// Leads to the signer what is meant for it, and all else to the others.
private struct ServicesTransport: Transport {
    let signer: any Transport
    let others: any Transport

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        if request.url.origin == "https://signer.test" { return try await signer.send(request, within: deadline) }
        return try await others.send(request, within: deadline)
    }
}
