import Bytes
import Command
import Flows
import HTTP
import Records
import Services
import Store
import Worker

/// Brings to Open edX what could not be brought there when it happened: learners who are to be enrolled, and learners who left
/// (`spec/openedx.md` §6.4, §6.5).
struct RetryEnrollments: ConfiguredJob {
    static let name: JobName = "retry-enrollments"
    static let summary = "Enrolls in Open edX the learners whose enrollment failed there, and ends what learners left"
    static let schedule = Schedule("*-*-* *:00/30:00 UTC", every: .seconds(1800))
    static let timeLimit = Duration.seconds(25 * 60)
    static let counters: [Counter] = [
        .selected, .enrolled, .unenrolled, .superseded, .transient, .permanent, .gaveUp,
    ]
    static let settings = OpenEdXSetting.all
    static let neededSettings: [any AnySetting] = [OpenEdXSetting.serviceWorkerToken]

    /// How many rows are looked at together; more only means more that may have changed when their turn comes.
    private static let page = 500

    private let resources: JobResources
    private let openEdX: OpenEdXSettings
    /// What an operator chose; nil for what is due.
    private let choice: PendingEnrollments.Choice?
    private let enrolledToo: Bool

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, choice: nil, enrolledToo: false)
    }

    /// The job for what an operator chose, whatever its age and its failures.
    init(_ resources: JobResources, choice: PendingEnrollments.Choice?, enrolledToo: Bool) throws(Failure) {
        self.resources = resources
        openEdX = try OpenEdXSettings(resources.settings)
        self.choice = choice
        self.enrolledToo = enrolledToo
    }

    func run(_ context: JobContext) async throws {
        let retry = retry(in: context)
        // First, since what it finds may be due then. An operator's choice is no reason to look at anything else.
        let strays = context.isDryRun || choice != nil ? [] : try await retry.settleStrays()
        let due = try await selection(context)
        let ids = due.map(\.id)
        let dueToo = Set(ids)
        let others = strays.filter { !dueToo.contains($0) }
        context.count(.selected, by: ids.count + others.count)
        try await context.log.progress("enrollments", total: ids.count + others.count) { bar in
            try await work(on: ids, enrolledToo: enrolledToo, retry, bar)
            try await work(on: others, enrolledToo: true, retry, bar)
        }
        try await alarmOfWaiting(due, context)
    }

    private func work(on ids: [Int], enrolledToo: Bool, _ retry: EnrollmentRetry, _ bar: ProgressBar) async throws {
        let context = retry.context
        for start in stride(from: 0, to: ids.count, by: Self.page) where context.mayBegin() {
            let page = ids[start..<min(start + Self.page, ids.count)]
            let rows = try await context.read { session in
                try PendingEnrollment.rows(page, enrolledToo: enrolledToo, in: &session)
            }
            bar.advance(by: page.count - rows.count)
            for (key, group) in rows.grouped(by: \.runKey) where context.mayBegin() {
                await retry.push(group, of: key, bar)
            }
        }
    }

    /// An alarm for what has waited for a day and still does; failures for the moment alone never park an enrollment.
    private func alarmOfWaiting(_ due: [PendingEnrollments.Due], _ context: JobContext) async throws {
        guard context.value(of: .transient) > 0, choice == nil else { return }
        let yesterday = context.time.now() - .seconds(86_400)
        let old = due.filter { $0.since < yesterday }.map(\.id)
        let waiting = try await context.read { session in try PendingEnrollment.rows(old, in: &session).count }
        if waiting > 0 { context.alarm("waiting_for_a_day", ["items": .int(waiting)]) }
    }

    private func selection(_ context: JobContext) async throws -> [PendingEnrollments.Due] {
        let now = context.time.now()
        return try await context.read { session in
            if let choice {
                return try PendingEnrollments.chosen(
                    choice, enrolledToo: enrolledToo, limit: context.limit, in: &session)
            }
            let due = try PendingEnrollments.due(at: now, limit: context.limit, in: &session)
            let leaving = due.filter(\.isLeaving).map { PendingKey.unenrollment($0.id) }
            if leaving.isEmpty { return due }
            let parked = try Items(of: Self.name).parkingTimes(among: leaving, in: &session)
            // Who came back and left again since is another matter.
            return due.filter { entry in
                guard entry.isLeaving, let parkedAt = parked[PendingKey.unenrollment(entry.id)] else { return true }
                return parkedAt < entry.since
            }
        }
    }

    private func retry(in context: JobContext) -> EnrollmentRetry {
        let client = resources.openEdX(openEdX, in: context)
        return EnrollmentRetry(
            in: context, client: client, accounts: resources.accounts(client, in: context), locks: resources.locks,
            atOnce: resources.atOnce)
    }

    static func backlog(at now: Timestamp, in session: inout Session) throws -> Backlog? {
        let (count, oldest) = try PendingEnrollments.backlog(at: now, in: &session)
        return Backlog(count: count, oldest: oldest)
    }

    /// The enrollments whose counter is at the cap, whoever counted, and the learners who left and cannot be ended.
    static func deadLetters(in session: inout Session) throws -> [DeadLetter] {
        let parked = try Items(of: name).parked(in: &session)
        let known = Dictionary(parked.map { ($0.key, $0) }) { first, _ in first }
        let enrollments = try PendingEnrollments.givenUp(in: &session).map { id, failures in
            let item = known[PendingKey.enrollment(id)]
            return DeadLetter(
                key: PendingKey.enrollment(id), parkedAt: item?.parkedAt, failures: failures,
                problem: item?.problem ?? "not known: counted by another program")
        }
        let away = parked.filter { PendingKey.unenrollmentID($0.key) != nil }
        let leaving = try PendingEnrollments.leaving(
            among: away.compactMap { PendingKey.unenrollmentID($0.key) }, in: &session)
        return enrollments + away.filter { PendingKey.unenrollmentID($0.key).map(leaving.contains) ?? false }
    }

    static func requeue(_ keys: [String]?, at now: Timestamp, in session: inout Session) throws -> Int {
        let letters = try deadLetters(in: &session).map(\.key).filter { keys?.contains($0) ?? true }
        _ = try PendingEnrollments.resetRetryCounts(of: letters.compactMap(PendingKey.enrollmentID), in: &session)
        try PendingEnrollments.renewLeaving(of: letters.compactMap(PendingKey.unenrollmentID), at: now, in: &session)
        try Items(of: name).forget(letters, in: &session)
        return letters.count
    }
}

extension Array {
    /// The elements in groups of equal keys, the groups in the order of their first elements.
    fileprivate func grouped<Key: Hashable>(by key: (Element) -> Key) -> [(key: Key, elements: [Element])] {
        var groups: [(key: Key, elements: [Element])] = []
        var positions: [Key: Int] = [:]
        for element in self {
            let key = key(element)
            if let position = positions[key] {
                groups[position].elements.append(element)
            } else {
                positions[key] = groups.count
                groups.append((key: key, elements: [element]))
            }
        }
        return groups
    }
}
