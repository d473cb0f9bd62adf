/// Which bytes in memory a body is made of: two bodies of one identity hold the same bytes, and telling so reads none.
///
/// It holds while the bodies it was taken from are alive; bodies with different identities may still be equal.
package struct BodyIdentity: Hashable, Sendable {
    private struct Span: Hashable, Sendable {
        let address: UInt
        let count: Int
    }

    private let spans: [Span]

    /// The identity of `body`.
    package init(_ body: ArtifactBody) {
        spans = body.pieces.map { piece in
            switch piece {
            case .bytes(let slice):
                slice.withUnsafeBytes { Span(address: UInt(bitPattern: $0.baseAddress), count: $0.count) }
            case .snapshotID: Span(address: 0, count: -1)
            }
        }
    }
}

extension ArtifactBody {
    /// Calls `work` with all the bytes in one run, `id` standing for the snapshot's; `scratch` is overwritten when the
    /// body has several pieces.
    package func withBytes<Result, Failure: Error>(
        snapshotID id: StaticString, scratch: inout [UInt8],
        _ work: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withBytes(
            snapshotID: UnsafeBufferPointer(start: id.utf8Start, count: id.utf8CodeUnitCount), scratch: &scratch, work)
    }

    /// The same with the bytes of an id.
    package func withBytes<Result, Failure: Error>(
        snapshotID id: some Collection<UInt8>, scratch: inout [UInt8],
        _ work: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if pieces.count == 1, case .bytes(let slice) = pieces[0] {
            return try slice.withUnsafeBufferPointer(work)
        }
        scratch.removeAll(keepingCapacity: true)
        for piece in pieces {
            switch piece {
            case .bytes(let slice): scratch.append(contentsOf: slice)
            case .snapshotID: scratch.append(contentsOf: id)
            }
        }
        return try scratch.withUnsafeBufferPointer(work)
    }
}
