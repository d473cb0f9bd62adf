import Bytes
import Store

/// What a program requires, as tests write it.
public indirect enum Requirement: Sendable {
    case all([Requirement], isElective: Bool = false)
    case atLeast(Int, [Requirement], isElective: Bool = false)
    case course(Int)
    case program(Int)
}

extension Session {
    /// The modes `audit` (1) and `verified` (2), which costs money.
    public mutating func insertModes() throws {
        for (id, slug, isPaid) in [(1, "audit", false), (2, "verified", true)] {
            try execute(
                """
                INSERT INTO courses_enrollmentmode (id, mode_slug, mode_display_name, requires_payment)
                VALUES (\(id), \(slug), \(slug), \(isPaid))
                """)
        }
    }

    /// A run that can be taken in a mode.
    public mutating func insertMode(_ mode: Int, ofRun run: Int) throws {
        try execute(
            "INSERT INTO courses_courserun_enrollment_modes (courserun_id, enrollmentmode_id) VALUES (\(run), \(mode))")
    }

    /// A program without requirements.
    public mutating func insertProgram(_ id: Int, isPaid: Bool = true, live: Bool = true) throws {
        let then = try Timestamp(fixture: "2026-01-01T00:00:00Z")
        try execute(
            """
            INSERT INTO courses_program (id, created_on, updated_on, title, readable_id, live, availability, b2b_only)
            VALUES (\(id), \(then), \(then), 'Program', \("program-v1:MITx+P\(id)"), \(live), 'anytime', \(false))
            """)
        for mode in isPaid ? [1, 2] : [1] {
            try execute(
                """
                INSERT INTO courses_program_enrollment_modes (program_id, enrollmentmode_id) VALUES (\(id), \(mode))
                """)
        }
    }

    /// The requirement tree of a program.
    public mutating func insertRequirements(_ requirements: [Requirement], of program: Int) throws {
        try insertNode(Self.step(program), "program_root", of: program, children: requirements.count)
        try insertNodes(requirements, of: program, below: Self.step(program))
    }

    private static func step(_ number: Int) -> String { String("\(10_000 + number)".dropFirst()) }

    private mutating func insertNodes(_ nodes: [Requirement], of program: Int, below parent: String) throws {
        for (index, node) in nodes.enumerated() {
            let path = parent + Self.step(index + 1)
            switch node {
            case .all(let children, let isElective):
                try insertNode(
                    path, "operator", "all_of", of: program, elective: isElective, children: children.count)
                try insertNodes(children, of: program, below: path)
            case .atLeast(let number, let children, let isElective):
                try insertNode(
                    path, "operator", "min_number_of", "\(number)", of: program, elective: isElective,
                    children: children.count)
                try insertNodes(children, of: program, below: path)
            case .course(let id): try insertNode(path, "course", of: program, course: id)
            case .program(let id): try insertNode(path, "program", of: program, requires: id)
            }
        }
    }

    /// A row of `courses_programrequirement`.
    public mutating func insertNode(
        _ path: String, _ type: String, _ operation: String? = nil, _ value: String? = nil, of program: Int,
        course: Int? = nil, requires: Int? = nil, elective: Bool = false, children: Int = 0
    ) throws {
        try execute(
            """
            INSERT INTO courses_programrequirement (path, depth, numchild, node_type, operator, operator_value,
                program_id, course_id, required_program_id, title, elective_flag)
            VALUES (\(path), \(path.utf8.count / 4), \(children), \(type), \(operation), \(value), \(program), \(course),
                \(requires), '', \(elective))
            """)
    }

    /// A row of `courses_programenrollment`.
    public mutating func insertProgramEnrollment(
        _ id: Int, user: Int, program: Int, mode: String = "verified", active: Bool = true
    ) throws {
        let then = try Timestamp(fixture: "2026-02-01T00:00:00Z")
        try execute(
            """
            INSERT INTO courses_programenrollment (id, created_on, updated_on, change_status, active, program_id, user_id,
                enrollment_mode)
            VALUES (\(id), \(then), \(then), NULL, \(active), \(program), \(user), \(mode))
            """)
    }

    /// A course certificate of a learner, with the enrollment in its run.
    public mutating func insertCompletion(
        user: Int, run: Int, changeStatus: String? = nil, active: Bool = true, isRevoked: Bool = false
    ) throws {
        let id = user * 100 + run
        try insertEnrollment(
            id, user: user, run: run, mode: "verified", active: active, edxEnrolled: true, changeStatus: changeStatus)
        try insertCourseCertificate(
            id, user: user, run: run, uuid: Self.certificateUUID(1, id), isRevoked: isRevoked)
    }

    /// A passing grade of a learner, with the audit enrollment in its run.
    public mutating func insertPass(user: Int, run: Int) throws {
        let then = try Timestamp(fixture: "2026-05-01T12:00:00Z")
        let id = user * 100 + run
        try insertEnrollment(id, user: user, run: run, edxEnrolled: true)
        try execute(
            """
            INSERT INTO courses_courserungrade (id, created_on, updated_on, grade, passed, set_by_admin, course_run_id,
                user_id)
            VALUES (\(id), \(then), \(then), 0.8, \(true), \(false), \(run), \(user))
            """)
    }

    /// The program certificates, as lines: `11 P1 2026-09-15T12:00:00Z revoked`.
    public mutating func programCertificateLines() throws -> [String] {
        try rows(
            """
            SELECT user_id, program_id, issue_date, is_revoked FROM courses_programcertificate
            ORDER BY user_id, program_id
            """
        ) { row in
            let (user, program): (Int, Int) = (try row["user_id"], try row["program_id"])
            let (issued, isRevoked): (Timestamp, Bool) = (try row["issue_date"], try row["is_revoked"])
            return "\(user) P\(program) \(issued)\(isRevoked ? " revoked" : "")"
        }
    }

    /// The program enrollments, as lines: `11 P1 verified`.
    public mutating func programEnrollmentLines() throws -> [String] {
        try rows(
            "SELECT user_id, program_id, active, enrollment_mode FROM courses_programenrollment ORDER BY id"
        ) { row in
            let (user, program): (Int, Int) = (try row["user_id"], try row["program_id"])
            let (isActive, mode): (Bool, String) = (try row["active"], try row["enrollment_mode"])
            return "\(user) P\(program) \(isActive ? "" : "inactive ")\(mode)"
        }
    }
}
