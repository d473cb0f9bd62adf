import Bytes
import Store

/// Enrollments of any number, some of which Open edX does not know of: what a benchmark of jobs works on.
///
/// Everything about a row follows from its number. A learner has up to five enrollments, and those that follow each other in
/// the table are of learners and runs far apart, as they are in a table that grew over years.
public struct SyntheticEnrollments: Sendable {
    /// How many there are.
    public let count: Int
    /// How many of them failed.
    public let failed: Int
    /// Whether those that failed are due; if not, half were given up, and half were made just now.
    public let areDue: Bool

    /// So many enrollments, of which so many failed.
    public init(_ count: Int, failed: Int, areDue: Bool) {
        self.count = max(0, count)
        self.failed = min(max(0, failed), count)
        self.areDue = areDue
    }

    private var learners: Int { count / SyntheticEnrollments.perLearner }
    private var runs: Int { min(1000, max(SyntheticEnrollments.perLearner, count / 200)) }
    private static let perLearner = 5
    private static let day: Int64 = 86_400

    /// Creates MITx Online's tables in the empty database at `locator`, fills them and returns the number of rows.
    ///
    /// - Parameter now: the instant that the rows are as old as they are at.
    /// - Throws: `StoreError`.
    @discardableResult public func write(to locator: String, at now: Timestamp) async throws -> Int {
        var options = DatabaseOptions()
        options.createsFile = true
        options.statementTimeout = 3_600_000
        let database = try Database(locator, options: options)
        return try await database.write { session in
            switch session.dialect {
            // Pages of three indexes are met in no order: what does not fit is written and read many times.
            case .sqlite: try session.execute("PRAGMA cache_size = -500000")
            // The rows refer to each other as they should; asking for each takes longer than all the rest.
            case .postgres: try session.execute("SET LOCAL session_replication_role = replica")
            }
            try Schema.reference.createTables(in: &session)
            guard count > 0 else { return 0 }
            return try insertLearners(at: now, into: &session) + insertRuns(at: now, into: &session)
                + insertEnrollments(at: now, into: &session)
        }
    }

    private func insertLearners(at now: Timestamp, into session: inout Session) throws -> Int {
        let created = now.adding(seconds: -6 * 365 * SyntheticEnrollments.day)
        return try session.insert("users_user", 1...learners) { id in
            [
                "id": id, "password": "!", "is_superuser": false, "created_on": created, "updated_on": created,
                "username": "learner\(id)@example.org", "email": "learner\(id)@example.org", "name": "Learner \(id)",
                "is_staff": false, "is_active": id % 50 != 0 || areDue, "is_etl": false,
                "global_id": "00000000-0000-4000-8000-\(String(1_000_000_000_000 + id).suffix(12))",
            ]
        }
            + session.insert("openedx_openedxuser", 1...learners) { id in
                [
                    "id": id, "created_on": created, "updated_on": created, "platform": "edx", "has_been_synced": true,
                    "user_id": id, "edx_username": "learner_\(id)", "has_sync_error": false,
                ]
            }
    }

    private func insertRuns(at now: Timestamp, into session: inout Session) throws -> Int {
        let created = now.adding(seconds: -6 * 365 * SyntheticEnrollments.day)
        return try session.insert("courses_course", 1...runs) { id in
            [
                "id": id, "created_on": created, "updated_on": created, "title": "Course \(id)",
                "readable_id": "course-v1:MITx+\(id).00x", "live": true,
            ]
        }
            + session.insert("courses_courserun", 1...runs) { id in
                [
                    "id": id, "created_on": created, "updated_on": created, "title": "Course \(id)",
                    "courseware_id": "course-v1:MITx+\(id).00x+3T2026", "run_tag": "3T2026", "live": true,
                    "course_id": id, "is_self_paced": true, "is_source_run": false, "has_courseware_url": true,
                    "is_primary_language": true, "language": "en", "variant_industry": "", "variant_length": "",
                ]
            }
    }

    private func insertEnrollments(at now: Timestamp, into session: inout Session) throws -> Int {
        try session.insert("courses_courserunenrollment", 0..<learners * SyntheticEnrollments.perLearner) { number in
            row(number, at: now)
        }
    }

    private func row(_ number: Int, at now: Timestamp) -> SyntheticRow {
        let isFailed = isSpread(number, failed)
        // A tenth left; of a few of those Open edX still has the enrollment, and may: they were moved to another run.
        let hasLeft = !isFailed && number % 10 == 7
        let isMoved = hasLeft && number % 500 == 7
        let isGivenUp = isFailed && !areDue && number % 2 == 0
        // A measurement takes minutes, and what was made just now is not to become due meanwhile.
        let isNew = isFailed && !areDue && !isGivenUp
        let age = Int64(count - number) * 6 * 365 * SyntheticEnrollments.day / Int64(count) + 3600
        let created = now.adding(seconds: isNew ? 3600 : -age)
        // Numbers next to each other are learners far apart; 7919 is a prime, so that none is left out.
        return [
            "id": number + 1, "created_on": created, "updated_on": created,
            "change_status": hasLeft ? (isMoved ? "deferred" : "unenrolled") : nil as String?, "active": !hasLeft,
            "edx_enrolled": hasLeft ? isMoved : !isFailed, "run_id": run(number), "user_id": learner(number),
            "edx_emails_subscription": true, "enrollment_mode": !isFailed && number % 6 == 0 ? "verified" : "audit",
            "edx_enrollment_retry_count": isGivenUp ? 5 : 0,
        ]
    }

    /// The learners of each run, from the first one on.
    public var learnersOfRuns: [[Int]] {
        var learners: [[Int]] = Array(repeating: [], count: runs)
        for number in 0..<self.learners * SyntheticEnrollments.perLearner {
            learners[run(number) - 1].append(learner(number))
        }
        return learners
    }

    private func learner(_ number: Int) -> Int { number * 7919 % learners + 1 }

    /// The runs of one learner differ: their numbers are a fifth of all apart.
    private func run(_ number: Int) -> Int {
        (number / learners * (runs / SyntheticEnrollments.perLearner) + number % learners) % runs + 1
    }

    /// Whether the number is one of `some` that lie evenly among all, odd ones and even ones.
    private func isSpread(_ number: Int, _ some: Int) -> Bool {
        (number + 1) * some / count > number * some / count
    }
}
