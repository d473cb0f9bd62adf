import Bytes
import Command
import Records
import Services
import Store
import Worker

/// Adds a course run that Open edX has (`spec/openedx.md` §7.4): all of it in one transaction, after Open edX was asked.
public struct CourseImport: Sendable {
    /// What an operator wants of the run.
    public struct Wishes: Sendable {
        /// The readable id of the course; nil is the one that the key names.
        public var courseKey: String?
        /// See ``NewCourseRun``.
        public var isLive = false, isSource = false
        /// See ``NewCourseRun``.
        public var language = "", industry = "", length = ""
        /// See ``NewCourseRun``.
        public var price: Decimal64?
        /// See ``NewCourseRun``.
        public var blockedCountries: [String] = [], departments: [String] = []

        /// A run that is not shown, of the course that its key names.
        public init() {}
    }

    private let context: JobContext
    private let client: OpenEdXClient
    private let viewer: String?
    private let notesPurges: Bool

    /// Imports within a run of a job; see ``CourseRunSync/init(in:client:viewer:notesPurges:)``.
    public init(in context: JobContext, client: OpenEdXClient, viewer: String?, notesPurges: Bool) {
        self.context = context
        self.client = client
        self.viewer = viewer
        self.notesPurges = notesPurges
    }

    /// Adds the runs; one that cannot be added does not stop the others.
    public func add(_ keys: [String], _ wishes: Wishes, _ bar: ProgressBar) async {
        for key in keys where context.mayBegin() {
            defer { bar.advance() }
            do {
                try await add(key, wishes)
                context.count(.added)
            } catch {
                context.count(.runsFailed)
                context.failed("run \(key)", error, in: .question)
            }
        }
    }

    private func add(_ key: String, _ wishes: Wishes) async throws {
        guard let parts = CourseRunKey.parts(of: key), key.unicodeScalars.count <= CourseImport.longestKey else {
            throw Postponed("it is not the key of a course run")
        }
        // Asked first, so that Open edX is not asked for what is here.
        if try await context.read({ session in try NewCourseRun.isPresent(key, in: &session) }) {
            throw Postponed("\(NewCourseRun.Refusal.present)")
        }
        let entry = try await client.course(key, seenBy: viewer)
        context.serviceAnswered(.question)
        let course: OpenEdXCourse
        switch entry {
        case .course(let found): course = found
        case .malformed(let malformed): throw Postponed("Open edX: \(malformed.field) is no instant")
        case nil: throw Postponed("Open edX has no such run, or does not show it to the service worker")
        }
        guard let name = course.name, !name.isEmpty else { throw Postponed("Open edX: the course has no name") }
        let modes = try await client.modes(of: key)
        context.serviceAnswered(.question)
        guard modes.allSatisfy(\.fits) else {
            throw Postponed("Open edX: a mode has a slug or name that is longer than the table takes")
        }
        let facts = CourseRunFacts(course, title: name)
        let run = NewCourseRun(key: key, tag: parts.run, facts: facts, wishes, modes: modes)
        let courseKey = wishes.courseKey ?? "course-v1:\(parts.organization)+\(parts.course)"
        try await insert(run, courseKey)
        context.rehearse("add run \(key) to course \(courseKey)")
    }

    private func insert(_ run: NewCourseRun, _ courseKey: String) async throws {
        let now = context.time.now()
        do {
            try await context.write { session in
                let added = try run.insert(courseKey: courseKey, at: now, in: &session)
                if let product = added.product { try Dirty.mark(.product, [product], at: now, in: &session) }
                if notesPurges {
                    try CachePurges.note([CachePurges.key(ofCourse: courseKey)], at: now, in: &session)
                }
            }
        } catch let refusal as NewCourseRun.Refusal {
            throw Postponed("\(refusal)")
        }
    }

    /// As long as the column is.
    private static let longestKey = 255
}

extension NewCourseRun {
    /// The run as Open edX and the operator have it. That a run has a date for certificates of its own is left to the sync.
    fileprivate init(
        key: String, tag: String, facts: CourseRunFacts, _ wishes: CourseImport.Wishes, modes: [OpenEdXMode]
    ) {
        self.init(key: key, tag: tag, facts: facts)
        self.facts.certificateAvailable = nil
        isLive = wishes.isLive
        isSource = wishes.isSource
        language = wishes.language
        industry = wishes.industry
        length = wishes.length
        self.modes = modes.map(\.local)
        price = wishes.price
        blockedCountries = wishes.blockedCountries
        departments = wishes.departments
    }
}

extension Counter {
    /// Course runs that were added.
    public static let added = Counter("added")
}
