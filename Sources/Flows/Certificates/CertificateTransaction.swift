import Bytes
import Records
import Services
import Store
import Worker

/// One transaction that takes grades over, with the certificates that follow: a constant number of statements, however many
/// learners there are.
struct CertificateTransaction: Sendable {
    let run: GradedRun
    let manner: CertificateManner
    let stamp: String
    let now: Timestamp
    let numbers: RandomNumbers

    /// Learners whose grade is new.
    private(set) var gradesCreated: [Int] = []
    /// Learners whose grade is another now.
    private(set) var gradesUpdated: [Int] = []
    /// Entries whose values the tables do not take.
    private(set) var invalid: [(position: Int, problem: String)] = []
    /// Entries of learners who are not known.
    private(set) var unknown: [Int] = []
    private(set) var created: [CertificateRow] = []
    private(set) var deleted: [CertificateRow] = []
    private(set) var doubted: [CertificateRow] = []
    private(set) var outcomes: [CertificateOutcome] = []

    var revokedCount: Int { outcomes.count { $0.ending == .staysRevoked } }

    init(run: GradedRun, manner: CertificateManner, stamp: String, now: Timestamp, numbers: RandomNumbers) {
        self.run = run
        self.manner = manner
        self.stamp = stamp
        self.now = now
        self.numbers = numbers
    }

    mutating func write(_ grades: [OpenEdXGrade], in session: inout Session) throws {
        let rows = try overridden(try writeGrades(grades, in: &session), in: &session)
        guard manner != .scheduled || run.issuesCertificates(at: now) else {
            outcomes = rows.map { CertificateOutcome(user: $0.userID, ending: .notYet) }
            return
        }
        try decide(rows, in: &session)
    }

    // MARK: Grades

    /// The rows of all learners who have a grade now, in the order of `grades`.
    private mutating func writeGrades(_ grades: [OpenEdXGrade], in session: inout Session) throws -> [GradeRow] {
        let users = try session.learners(withOpenEdXUsernames: grades.map(\.username))
        var incoming: [(user: Int, grade: Grade, position: Int)] = []
        for grade in grades {
            guard let user = users[ByteKey(grade.username)] else {
                unknown.append(grade.position)
                continue
            }
            let value = Grade(grade.percent, letter: grade.letter, hasPassed: grade.hasPassed)
            incoming.append((user: user, grade: value, position: grade.position))
        }
        guard !incoming.isEmpty else { return [] }
        var rows = try GradeRow.locked(in: run.id, of: incoming.map(\.user), in: &session)
        var new: [(user: Int, grade: Grade)] = []
        var changes: [(row: GradeRow, grade: Grade)] = []
        for (user, grade, position) in incoming {
            let row = rows[user]
            if let row, row.isSetByAdmin || row.grade == grade { continue }
            if let problem = grade.problem {
                invalid.append((position: position, problem: problem))
                rows[user] = nil
            } else if let row {
                changes.append((row: row, grade: grade))
            } else {
                new.append((user: user, grade: grade))
            }
        }
        let inserted = try GradeRow.insert(new, in: run.id, stamp: stamp, at: now, in: &session)
        let updated = try GradeRow.update(changes, stamp: stamp, at: now, in: &session)
        for row in inserted + updated { rows[row.userID] = row }
        gradesCreated = inserted.map(\.userID)
        gradesUpdated = updated.map(\.userID)
        return incoming.compactMap { rows[$0.user] }
    }

    /// The rows with the grade that an operator wants.
    private mutating func overridden(_ rows: [GradeRow], in session: inout Session) throws -> [GradeRow] {
        guard let grade = manner.override, !rows.isEmpty else { return rows }
        let changed = try GradeRow.update(
            rows.filter { !$0.isSetByAdmin || $0.grade != grade }.map { (row: $0, grade: grade) }, isSetByAdmin: true,
            stamp: stamp, at: now, in: &session)
        gradesUpdated += changed.map(\.userID).filter { !gradesUpdated.contains($0) && !gradesCreated.contains($0) }
        let byUser = Dictionary(changed.map { ($0.userID, $0) }) { first, _ in first }
        return rows.map { byUser[$0.userID] ?? $0 }
    }

    // MARK: Certificates

    private mutating func decide(_ rows: [GradeRow], in session: inout Session) throws {
        guard !rows.isEmpty else { return }
        let eligible = try eligibleLearners(among: rows, in: &session)
        let candidates = rows.filter { $0.grade.isZero || eligible.contains($0.userID) }.map(\.userID)
        let certificates =
            candidates.isEmpty
            ? [:] : try CertificateRow.locked(.course, of: run.id, users: candidates, in: &session)
        let sightings = CourseCertificates.sightings
        let seen = try sightings.seen(rows.map(sightingKey), in: &session)
        var earned: [(user: Int, uuid: UniqueID)] = []
        var doubts: [String] = []
        var settled: [String] = []
        for row in rows {
            let key = sightingKey(row)
            let certificate = certificates[row.userID]
            let decision = CertificateDecision(
                grade: row.grade, isSetByAdmin: row.isSetByAdmin, zeroSince: seen[key], certificate: certificate,
                isEligible: eligible.contains(row.userID), at: now)
            switch decision {
            case .create: earned.append((user: row.userID, uuid: .random(numbers.number)))
            case .delete: deleted += certificate.map { [$0] } ?? []
            case .doubt:
                doubts.append(key)
                if seen[key] == nil, let certificate { doubted.append(certificate) }
            case .none, .staysRevoked: break
            }
            if decision != .doubt, seen[key] != nil { settled.append(key) }
            outcomes.append(CertificateOutcome(row, decision, certificate))
        }
        try sightings.note(doubts.filter { seen[$0] == nil }, at: now, in: &session)
        try sightings.forget(settled, in: &session)
        try CertificateRow.delete(.course, deleted, in: &session)
        try create(earned, in: &session)
        let changed = created + deleted
        try Dirty.mark(.contact, changed.map(\.userID), at: now, in: &session)
        try Dirty.mark(.courseCertificate, created.map(\.id), at: now, in: &session)
    }

    private func sightingKey(_ row: GradeRow) -> String { "zero:\(run.id):\(row.userID)" }

    /// Open edX's verdict counts, and the enrollment; an operator's grade stands for both.
    private func eligibleLearners(among rows: [GradeRow], in session: inout Session) throws -> Set<Int> {
        if manner.override != nil { return Set(rows.map(\.userID)) }
        let passed = rows.filter { $0.grade.hasPassed && !$0.grade.isZero }.map(\.userID)
        return passed.isEmpty ? [] : try session.verifiedLearners(in: run.id, among: passed)
    }

    private mutating func create(
        _ earned: [(user: Int, uuid: UniqueID)], in session: inout Session
    ) throws {
        guard !earned.isEmpty else { return }
        let revision = try session.certificateRevisions(.course, of: [run.courseID])[run.courseID]
        created = try CertificateRow.insert(
            .course, of: run.id, for: earned, revision: revision, at: now, in: &session)
    }
}
