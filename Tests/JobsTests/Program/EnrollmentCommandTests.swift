import Bytes
import Store
import Support
import Testing

/// What operators do to enrollments (`spec/openedx.md` §17), with the built program.
@Suite("Commands for enrollments, with the built program")
struct EnrollmentCommandTests {
    private static let other = "course-v1:MITx+6.00x+1T2027"

    /// Learners 11 and 12, the first in run 1 verified, here and at Open edX, and paid for; run 2 of the same course is open.
    private func withLearners(_ body: (ProgramStage) async throws -> Void) async throws {
        try await withProgramStage(.sqlite) { stage in
            let (year, year2) = (ProgramStage.ago(.seconds(31_536_000)), ProgramStage.ago(.seconds(-31_536_000)))
            try await stage.write { session in
                for id in 1...2 { try session.insertCanary(10 + id, "l\(id)", isSynced: true) }
                try session.insertEnrollment(1, user: 11, run: 1, mode: "verified", edxEnrolled: true, createdOn: year)
                try session.insertCourseRun(2, course: 1, key: Self.other, tag: "1T2027", start: year2)
                let opened = try Timestamp(fixture: year)
                try session.execute("UPDATE courses_courserun SET enrollment_start = \(opened) WHERE id = 2")
                try session.insertOrder(5, of: 11)
                try session.insertPaidRun(of: 11, run: 1, order: 5)
                for id in 1...2 {
                    try session.insertTokens(
                        of: 10 + id, refresh: "rt-\(id)", access: "at-\(id)",
                        expiry: ProgramStage.ago(.seconds(-86_400)))
                }
            }
            stage.lms.add(LMSCourse(Self.other))
            for id in 1...2 {
                stage.lms.add(LMSUser(Canary.username("l\(id)"), email: Canary.email("l\(id)")))
                stage.lms.update { $0.accessTokens["at-\(id)"] = Canary.username("l\(id)") }
            }
            stage.lms.add(LMSEnrollment(run: ProgramStage.run, username: Canary.username("l1"), mode: "verified"))
            try await body(stage)
        }
    }

    @Test(
        "enroll-learners enrolls, and unenroll-learner ends it again; each is dry without --commit, and once is enough")
    func enrollment() async throws {
        try await withLearners { stage in
            let did = "learner 12: enrolled in \(ProgramStage.run) as verified\n"
            try await stage.expect(
                ["enroll-learners", "--user", Canary.email("l2"), "--run", ProgramStage.run, "--mode", "verified"],
                would: "would enroll learner 12 in \(ProgramStage.run) as verified\n", did: did, again: nil)
            // Whoever asks again gets another mail, as from the existing application, but nothing is done at Open edX.
            let again = try await stage.program().run(
                [
                    "enroll-learners", "--user", Canary.email("l2"), "--run", ProgramStage.run, "--mode", "verified",
                    "--commit",
                ])
            #expect(again.output == did, "\(again.errors)")
            #expect(
                stage.lms.effects == [
                    .enrolled(Canary.username("l2"), run: ProgramStage.run, mode: "verified")
                ])
            try await stage.expect(
                ["unenroll-learner", "--user", Canary.username("l2"), "--run", ProgramStage.run],
                would: "would end enrollment 2 in \(ProgramStage.run)\n", did: "learner 12: left \(ProgramStage.run)\n",
                again: "learner 12: has no active enrollment in the course run\n", status: 3)
            #expect(stage.lms.enrollment(of: Canary.username("l2"), in: ProgramStage.run)?.isActive == false)
        }
    }

    @Test("defer-enrollment moves what was paid for, and says why it cannot")
    func deferral() async throws {
        try await withLearners { stage in
            let words = ["defer-enrollment", "--user", "11", "--from", ProgramStage.run, "--to", Self.other]
            let did = "learner 11: deferred from \(ProgramStage.run) to \(Self.other)\n"
            try await stage.expect(
                words, would: "would defer learner 11 from \(ProgramStage.run) to \(Self.other)\n", did: did, again: did
            )
            let paid = try await stage.database.read { session in try session.paidRuns() }
            #expect(paid == ["11 2 5"])
            #expect(stage.lms.enrollment(of: Canary.username("l1"), in: Self.other)?.mode == "verified")
            #expect(stage.lms.enrollment(of: Canary.username("l1"), in: ProgramStage.run)?.mode == "audit")
            for commit in [[], ["--commit"]] {
                let refused = try await stage.program().run(
                    ["defer-enrollment", "--user", "12", "--from", ProgramStage.run, "--to", Self.other] + commit)
                #expect(refused.output == "learner 12: the learner has no enrollment in the run to defer from\n")
                #expect(refused.ending == .exit(3))
            }
        }
    }

    @Test("sync-enrollments takes over what Open edX has of a learner; import-enrollments, what it has of a run")
    func takeover() async throws {
        try await withLearners { stage in
            stage.lms.add(LMSEnrollment(run: Self.other, username: Canary.username("l1"), mode: "audit"))
            try await stage.expect(
                ["sync-enrollments", "--user", "11"],
                would: "would change the enrollments of learner 11 to those that Open edX has\n",
                did: "learner 11: created 1, reactivated 0, deactivated 0, not known to Open edX 0\n",
                again: "learner 11: created 0, reactivated 0, deactivated 0, not known to Open edX 0\n")
            for name in [Canary.username("l2"), Canary.username("stranger")] {
                stage.lms.add(LMSEnrollment(run: ProgramStage.run, username: name, mode: "audit"))
            }
            try await stage.expect(
                ["import-enrollments", "--run", ProgramStage.run],
                would: "would create 1 of 3; 1 learners are not known here\n",
                did: "created 1 of 3; 1 learners are not known here\n",
                again: "created 0 of 3; 1 learners are not known here\n")
        }
    }

    @Test("A learner who has no account at Open edX gets no enrollment from it, which is said")
    func accountless() async throws {
        try await withLearners { stage in
            try await stage.write { session in try session.insertCanary(13, "l3", isSynced: false) }
            let before = try await stage.dump()
            let result = try await stage.program().run(["sync-enrollments", "--user", "13", "--commit"])
            #expect(result.output == "learner 13: Open edX, user token: learner 13 is not yet synced\n")
            #expect(result.ending == .exit(3))
            #expect(try await stage.dump() == before)
        }
    }
}
