import Bytes
import Command
import Records
import Services
import Store
import Worker

/// Takes over what Open edX says of course runs (`spec/openedx.md` §7.1).
public struct CourseRunSync: Sendable {
    /// The run that it works in.
    public let context: JobContext
    private let client: OpenEdXClient
    private let viewer: String?
    private let notesPurges: Bool

    /// A synchronization within a run of a job.
    ///
    /// - Parameters:
    ///   - viewer: the username for which Open edX is asked; nil asks for whoever the token belongs to.
    ///   - notesPurges: whether copies of what changes are to be purged.
    public init(in context: JobContext, client: OpenEdXClient, viewer: String?, notesPurges: Bool) {
        self.context = context
        self.client = client
        self.viewer = viewer
        self.notesPurges = notesPurges
    }

    /// Works on the runs; what fails is counted, and does not stop the others. `bar` is told of each that is done with.
    public func sync(_ runs: [CourseRunSelection.Entry], _ bar: ProgressBar) async {
        let valid = await withoutInvalid(runs)
        bar.advance(by: runs.count - valid.count)
        var missing: [String] = []
        for start in stride(from: 0, to: valid.count, by: OpenEdXClient.keysPerCall) where context.mayBegin() {
            let batch = valid[start..<min(start + OpenEdXClient.keysPerCall, valid.count)]
            missing += await sync(batch)
            bar.advance(by: batch.count)
        }
        guard !missing.isEmpty else { return }
        context.count(.missing, by: missing.count)
        context.log.warning("runs_missing", ["count": .int(missing.count), "runs": .string(missing.listed)])
    }

    /// The runs whose keys Open edX can have.
    private func withoutInvalid(_ runs: [CourseRunSelection.Entry]) async -> [CourseRunSelection.Entry] {
        let valid = runs.filter { CourseRunKey.isValid($0.key) }
        let invalid = runs.filter { !CourseRunKey.isValid($0.key) }.map(\.key)
        guard !invalid.isEmpty else { return valid }
        context.count(.invalidKeys, by: invalid.count)
        context.log.warning("invalid_keys", ["count": .int(invalid.count), "runs": .string(invalid.listed)])
        if valid.isEmpty {
            context.count(.runsFailed, by: runs.count)
            context.failed("course runs", count: runs.count, Postponed("none of them has the key of a course run"))
        }
        return valid
    }

    /// Works on a batch, and returns the keys that Open edX did not answer. A batch that is refused is divided, until the keys
    /// that are to blame stand alone; the existing application gives up here, and on all batches after it.
    private func sync(_ batch: ArraySlice<CourseRunSelection.Entry>) async -> [String] {
        do {
            let found = try await client.courses(batch.map(\.key), seenBy: viewer)
            context.serviceAnswered(.question)
            return try await take(found, for: batch)
        } catch let error as ServiceError where error.mayBeOfOneKey && batch.count > 1 {
            guard context.mayBegin() else { return [] }
            let middle = batch.startIndex + batch.count / 2
            let first = await sync(batch[..<middle])
            guard context.mayBegin() else { return first }
            return first + (await sync(batch[middle...]))
        } catch {
            context.count(.runsFailed, by: batch.count)
            let name = batch.count == 1 ? "run \(batch.first?.key ?? "")" : "\(batch.count) runs"
            context.failed(name, count: batch.count, error, in: .question)
            return []
        }
    }

    private func take(
        _ found: [CourseListEntry], for batch: ArraySlice<CourseRunSelection.Entry>
    ) async throws -> [String] {
        let entries = Dictionary(found.map { ($0.key, $0) }) { _, last in last }
        let asked = Set(batch.map(\.key))
        let strangers = entries.keys.filter { !asked.contains($0) && CourseRunKey.isValid($0) }.sorted()
        if !strangers.isEmpty {
            context.log.warning("runs_unknown", ["count": .int(strangers.count), "runs": .string(strangers.listed)])
        }
        let answered = batch.filter { entries[$0.key] != nil }
        if !answered.isEmpty { try await write(entries, to: answered.map(\.id)) }
        return batch.filter { entries[$0.key] == nil }.map(\.key)
    }

    private func write(_ entries: [String: CourseListEntry], to ids: [Int]) async throws {
        let now = context.time.now()
        let changes = try await context.write { session in
            let changes = try CourseRunRow.locked(ids, in: &session).compactMap { row in
                entries[row.key].map { CourseRunChange($0, of: row) }
            }
            for change in changes {
                if let facts = change.facts { try change.row.update(to: facts, at: now, in: &session) }
            }
            if notesPurges {
                let keys = changes.filter { $0.facts != nil }.map { CachePurges.key(ofCourse: $0.row.courseKey) }
                try CachePurges.note(Set(keys), at: now, in: &session)
            }
            return changes
        }
        for change in changes { tell(change) }
    }

    private func tell(_ change: CourseRunChange) {
        if change.facts != nil {
            context.count(.updated)
            context.rehearse("update run \(change.row.key)")
        }
        if let problem = change.problem {
            context.count(.runsFailed)
            context.failed("run \(change.row.key)", Postponed(problem))
        } else if change.facts == nil {
            context.count(.unchanged)
        }
    }
}

/// What becomes of a run after Open edX has told of it.
struct CourseRunChange: Sendable {
    /// The run as it was.
    let row: CourseRunRow
    /// What is to be written; nil for nothing.
    private(set) var facts: CourseRunFacts?
    /// What is the matter, without Open edX's own words; nil for nothing.
    private(set) var problem: String?

    /// The change that the entry means for the row.
    init(_ entry: CourseListEntry, of row: CourseRunRow) {
        self.row = row
        switch entry {
        case .malformed(let malformed): problem = "Open edX: \(malformed.field) is no instant"
        case .course(let course):
            let new = CourseRunFacts(course, title: row.facts.title)
            if course.title == nil { problem = "Open edX: the course has no name; its title stays" }
            guard new != row.facts else { return }
            if let objection = row.objection(to: new) {
                problem = "\(objection)"
            } else {
                facts = new
            }
        }
    }
}

extension OpenEdXCourse {
    /// The name, nil when it is empty.
    fileprivate var title: String? { name.flatMap { $0.isEmpty ? nil : $0 } }
}

extension CourseRunFacts {
    /// What Open edX says; `title` stands in for a name that it does not tell.
    init(_ course: OpenEdXCourse, title: String) {
        self.init(
            title: course.title ?? title, start: course.start, end: course.end,
            enrollmentStart: course.enrollmentStart, enrollmentEnd: course.enrollmentEnd,
            isSelfPaced: course.isSelfPaced, certificateAvailable: course.certificateAvailable ?? course.end)
    }
}

extension ServiceError {
    /// Whether one of several keys may be what the service does not get on with.
    fileprivate var mayBeOfOneKey: Bool { disposition == .permanent || disposition == .temporary }
}

extension [String] {
    /// The texts in one, separated by commas; of very many only the first ones.
    fileprivate var listed: String {
        let shown = 100
        return prefix(shown).joined(separator: ", ") + (count > shown ? ", …" : "")
    }
}

extension Counter {
    /// Course runs whose keys Open edX cannot have.
    public static let invalidKeys = Counter("invalid_keys")
    /// Course runs that differed, and are now as Open edX has them.
    public static let updated = Counter("updated")
    /// Course runs that did not differ.
    public static let unchanged = Counter("unchanged")
    /// Course runs of which Open edX said nothing.
    public static let missing = Counter("missing")
    /// Course runs that could not be brought up to date.
    static let runsFailed = Counter("failed")
}
