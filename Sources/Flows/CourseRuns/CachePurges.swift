import Bytes
import Command
import Services
import Store
import Worker

/// What is to be purged at the content delivery network (`spec/openedx.md` §3.23).
///
/// A purge is written down in the transaction of the change that it is for. A job sends its own once each when it is done; what
/// a killed job leaves, and what fails, waits for the outbox.
public enum CachePurges {
    /// The kind of outbox entries that are purges; their key is the surrogate key.
    public static let kind = "purge"
    /// How long a purge waits for the job that wrote it down, so that what changes several times is purged once.
    private static let grace = Duration.seconds(900)
    /// How long whoever claimed purges may take for them, and how many they claim at once: each may take half a minute.
    private static let claimLife = Duration.seconds(600)
    private static let claimed = 15

    /// The surrogate key of a course.
    public static func key(ofCourse readableID: String) -> String { "mitxonline:course:\(readableID)" }

    /// The surrogate key of a program.
    public static func key(ofProgram readableID: String) -> String { "mitxonline:program:\(readableID)" }

    /// Writes down purges in the transaction of the change.
    public static func note(_ keys: Set<String>, at now: Timestamp, in session: inout Session) throws {
        // One order for all who write them down, so that none waits for another that waits for it.
        for key in keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            try Queue.outbox.add(kind, key: key, payload: .object([]), due: now + grace, at: now, in: &session)
        }
    }

    /// Does an entry of the outbox; without a client nothing is to be done.
    ///
    /// - Throws: ``ServiceError``.
    public static func handle(_ entry: Queue.Entry, _ client: FastlyClient?) async throws {
        try await client?.purge(entry.key)
    }

    /// Sends all purges that wait, each once: those of this run, and what a killed one left. One that fails stays in the outbox;
    /// when Fastly as a whole does not work, so do the rest.
    ///
    /// - Throws: ``StoreError``, ``LeaseLost``.
    public static func sendAll(_ client: FastlyClient, in context: JobContext) async throws {
        guard !context.isDryRun else { return }
        let now = context.time.now()
        try await context.write { session in try Queue.outbox.hasten(kind, at: now, in: &session) }
        var worksStill = true
        while worksStill, !Task.isCancelled {
            let now = context.time.now()
            let entries = try await context.write { session in
                try Queue.outbox.claim(kind, limit: claimed, for: claimLife, at: now, in: &session)
            }
            if entries.isEmpty { return }
            worksStill = try await send(entries, client, in: context)
        }
    }

    /// False when there is no use in going on.
    private static func send(
        _ entries: [Queue.Entry], _ client: FastlyClient, in context: JobContext
    ) async throws -> Bool {
        var done: [Queue.Entry] = []
        var problems: [(entry: Queue.Entry, problem: String)] = []
        var worksStill = true
        for entry in entries {
            guard worksStill, !Task.isCancelled else {
                problems.append((entry, "not tried: the one before failed"))
                continue
            }
            do {
                try await handle(entry, client)
                done.append(entry)
            } catch let error as ServiceError {
                problems.append((entry, error.description))
                context.log.warning(
                    "purge_postponed", ["item": .string(entry.key), "problem": .string(error.description)])
                if error.disposition != .permanent { worksStill = false }
            }
        }
        let now = context.time.now()
        try await context.write { [done, problems] session in
            for entry in done { try Queue.outbox.finish(entry, at: now, in: &session) }
            for (entry, problem) in problems {
                try Queue.outbox.putBack(entry, until: now + .seconds(60), problem, at: now, in: &session)
            }
        }
        return worksStill
    }
}
