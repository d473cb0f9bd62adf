import Bytes
import Command
import Records
import Services
import Store
import Worker

/// The modes of course runs, here and at Open edX (`spec/openedx.md` §7.2 to §7.4).
public struct CourseModes: Sendable {
    /// The run that it works in.
    public let context: JobContext
    private let client: OpenEdXClient
    private let notesPurges: Bool

    /// Modes within a run of a job; `notesPurges` says whether copies of what changes are to be purged.
    public init(in context: JobContext, client: OpenEdXClient, notesPurges: Bool) {
        self.context = context
        self.client = client
        self.notesPurges = notesPurges
    }

    /// Gives each run the modes that Open edX has for it, and the end of its verified mode as its upgrade deadline, none
    /// included. What fails is counted, and does not stop the others.
    public func syncDeadlines(of runs: [CourseRunSelection.Entry], _ bar: ProgressBar) async {
        await each(runs, bar) { run in
            let modes = try await modes(of: run)
            return try await take(modes, to: run, deadlineToo: true)
        }
    }

    /// Sees to it that each run has the modes audit and verified, here and at Open edX.
    public func complete(_ runs: [CourseRunSelection.Entry], _ bar: ProgressBar) async {
        await each(runs, bar) { run in
            let modes = try await modes(of: run)
            var isChanged = try await take(modes, to: run, deadlineToo: false)
            for slug in ["audit", "verified"] where !modes.contains(where: { $0.slug == slug }) {
                try await create(slug, of: run)
                isChanged = true
            }
            return isChanged
        }
    }

    private func each(
        _ runs: [CourseRunSelection.Entry], _ bar: ProgressBar,
        _ body: (CourseRunSelection.Entry) async throws -> Bool
    ) async {
        for run in runs where context.mayBegin() {
            defer { bar.advance() }
            do {
                context.count(try await body(run) ? .updated : .unchanged)
            } catch {
                context.count(.runsFailed)
                context.failed("run \(run.key)", error, in: .question)
            }
        }
    }

    private func modes(of run: CourseRunSelection.Entry) async throws -> [OpenEdXMode] {
        do {
            let modes = try await client.modes(of: run.key)
            context.serviceAnswered(.question)
            guard modes.allSatisfy(\.fits) else {
                throw Postponed("Open edX: a mode has a slug or name that is longer than the table takes")
            }
            return modes
        } catch let error as ServiceError where error.status == 404 {
            throw ServiceError(
                error.service, error.call, error.disposition, mayHaveHappened: false, status: 404,
                detail: "course mode not found: Open edX has no such run")
        }
    }

    /// Writes what differs; false when nothing does, and so no copy is to be purged.
    private func take(
        _ modes: [OpenEdXMode], to run: CourseRunSelection.Entry, deadlineToo: Bool
    ) async throws -> Bool {
        let now = context.time.now()
        let deadline = modes.first { $0.slug == "verified" }?.expiration
        let hasVerified = modes.contains { $0.slug == "verified" }
        let isChanged = try await context.write { session in
            guard let row = try CourseRunUpgrade.locked(run.id, in: &session) else { return false }
            let linked = try EnrollmentModes.link(modes.map(\.local), toRun: run.id, in: &session)
            let setsDeadline = deadlineToo && hasVerified && row.deadline != deadline
            guard linked > 0 || setsDeadline else { return false }
            try row.set(setsDeadline ? deadline : row.deadline, at: now, in: &session)
            if notesPurges {
                try CachePurges.note([CachePurges.key(ofCourse: row.courseKey)], at: now, in: &session)
            }
            return true
        }
        if isChanged { context.rehearse("update the modes or the upgrade deadline of run \(run.key)") }
        return isChanged
    }

    /// Creates at Open edX a mode that it was just seen not to have, and links it here.
    private func create(_ slug: String, of run: CourseRunSelection.Entry) async throws {
        let row = try await context.write { session in try CourseRunUpgrade.locked(run.id, in: &session) }
        guard let row else { throw Postponed("the run is gone") }
        var mode = OpenEdXMode.standard(slug)
        if slug == "verified" { mode.expiration = row.deadline }
        let local = EnrollmentModes.Mode(
            slug: slug, displayName: mode.displayName, requiresPayment: slug == "verified")
        let step = Step<Void, Void>(
            key: "mode:\(run.key):\(slug)", summary: "create the mode \(slug) of run \(run.key)",
            digest: SHA256.hash("\(run.key)\n\(slug)\n\(mode.minimalPrice)".utf8),
            isWanted: { _ in true },
            ask: { try await client.mode(slug, of: run.key).map { _ in } },
            call: { [mode] in try await client.create(mode, of: run.key) },
            record: { _, session in
                guard try EnrollmentModes.link([local], toRun: run.id, in: &session) > 0 else { return }
                let now = context.time.now()
                try row.set(row.deadline, at: now, in: &session)
                if notesPurges {
                    try CachePurges.note([CachePurges.key(ofCourse: row.courseKey)], at: now, in: &session)
                }
            })
        _ = try await context.perform(step)
    }
}

extension OpenEdXMode {
    /// The mode as MITx Online has it when it is new there.
    var local: EnrollmentModes.Mode {
        EnrollmentModes.Mode(slug: slug, displayName: displayName, requiresPayment: slug == "verified")
    }

    /// Whether the table takes its slug and name.
    var fits: Bool {
        [slug, displayName].allSatisfy {
            $0.unicodeScalars.count <= EnrollmentModes.longestText && !$0.unicodeScalars.contains("\0")
        }
    }

    /// The modes that every run has, as they are created.
    static func standard(_ slug: String) -> OpenEdXMode {
        var mode = OpenEdXMode(
            slug, displayName: slug == "audit" ? "Audit" : "Verified", minimalPrice: slug == "audit" ? 0 : 10)
        mode.description = mode.displayName
        return mode
    }
}
