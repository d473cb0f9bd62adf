import Command
import Records
import Store
import Worker

/// `mitxonline-jobs update-certificate-revisions`.
enum UpdateCertificateRevisionsCommand {
    private static let course = Option(
        "course", ValueType<String>.text, "the readable id of a course, for all its runs: course-v1:MITx+6.00x")
    private static let all = Option(
        flag: "all", "also certificates that show a revision already: what they show changes")

    static let subcommand = Subcommand(
        "update-certificate-revisions", "Has certificates show their certificate page as it is published now",
        discussion: """
            For the certificates of --course, --run or --program, revoked ones too, that were issued before there was a page, or with \
            --all for every one of them. Prints only what it would do unless --commit is given.
            """,
        options: [course, EnrollmentChoice.run, ProgramChoice.program, all, EnrollmentChoice.commit],
        settings: [JobsSettings.database], run: update)

    @Sendable private static func update(_ invocation: Invocation) async throws -> Outcome {
        let given = try [invocation[course], invocation[EnrollmentChoice.run], invocation[ProgramChoice.program]]
        guard given.count(where: { $0 != nil }) == 1 else {
            throw Failure(.usage, "choose certificates: give one of --course, --run and --program")
        }
        let (courseID, runKey, programKey) = (given[0], given[1], given[2])
        let (includesAll, isCommitted) = (try invocation[all], try invocation[EnrollmentChoice.commit])
        let database = try Database(invocation)
        try await Migration.check(database)
        let now = invocation.time.now()
        let changed = try await database.rehearsing(isCommitted) { session in
            let kind: CertificateKind = programKey == nil ? .course : .program
            let found =
                if let courseID {
                    try session.courseID(ofReadable: courseID).map { (product: $0, run: Int?.none) }
                } else if let runKey {
                    try session.certificateRun(ofKey: runKey).map { (product: $0.course, run: Int?.some($0.run)) }
                } else {
                    try session.programID(namedBy: programKey ?? "").map { (product: $0, run: Int?.none) }
                }
            guard let found else {
                let option =
                    courseID != nil
                    ? "--course: there is no course"
                    : runKey != nil ? "--run: there is no course run" : "--program: there is no program"
                throw Failure(.data, "\(option) with that key")
            }
            guard let revision = try session.certificateRevisions(kind, of: [found.product])[found.product] else {
                throw Failure(
                    .data,
                    "the \(kind.rawValue) has no live certificate page, so that there is no revision to show; publish one"
                )
            }
            let subjects =
                try found.run.map { [$0] } ?? session.certificateSubjects(kind, of: [found.product])[found.product]
                ?? []
            let ids = try session.setCertificateRevision(
                kind, to: revision, of: subjects, all: includesAll, at: now)
            try Dirty.mark(kind == .course ? .courseCertificate : .programCertificate, ids, at: now, in: &session)
            return ids.count
        }
        try invocation.print(isCommitted ? "changed \(changed)" : "would change \(changed); --commit does it") {
            object in
            object.member("certificates", changed)
            object.member("committed", isCommitted)
        }
        return Outcome(summary: ["certificates": .int(changed), "committed": .bool(isCommitted)])
    }
}
