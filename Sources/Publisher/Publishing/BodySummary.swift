import Bytes
import Snapshot

/// Size and digest of a body.
struct BodySummary: Sendable {
    let size: Int
    let digest: Digest

    /// - Parameter id: what stands for the snapshot's id.
    init(of body: ArtifactBody, snapshotID id: [UInt8]) {
        if let file = body.existing {
            size = file.size
            digest = file.digest
            return
        }
        if body.pieces.count == 1, case .fragment(let fragment) = body.pieces[0], let known = fragment.known {
            (size, digest) = known
            return
        }
        var sha = SHA256()
        var size = 0
        body.forEachRun(snapshotID: id) { run in
            sha.update(run)
            size += run.count
        }
        self.size = size
        digest = sha.finalize()
    }

    /// The summaries of `bodies` in their order, each computed once however many files share the body, on all cores.
    static func summaries(of bodies: [ArtifactBody], snapshotID id: [UInt8]) async -> [BodySummary] {
        var places: [BodyIdentity: Int] = [:]
        var different: [ArtifactBody] = []
        let indices = bodies.map { body in
            let identity = BodyIdentity(body)
            if let known = places[identity] { return known }
            places[identity] = different.count
            different.append(body)
            return different.count - 1
        }
        let all = different
        let computed = await withTaskGroup(of: (Int, [BodySummary]).self) { group in
            for start in stride(from: 0, to: all.count, by: bodiesAtATime) {
                group.addTask {
                    let end = min(start + bodiesAtATime, all.count)
                    return (start, all[start..<end].map { BodySummary(of: $0, snapshotID: id) })
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
        return indices.map { computed[$0] }
    }

    private static let bodiesAtATime = 64
}
