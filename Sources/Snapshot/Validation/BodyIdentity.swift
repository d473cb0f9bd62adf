/// Which bytes in memory a body is made of: two bodies of one identity hold the same bytes, and telling so reads none.
///
/// It holds while the bodies it was taken from are alive; bodies with different identities may still be equal.
package struct BodyIdentity: Hashable, Sendable {
    private struct Span: Hashable, Sendable {
        let address: UInt
        let count: Int

        static func bytes(_ slice: ArraySlice<UInt8>) -> Span {
            slice.withUnsafeBytes { Span(address: UInt(bitPattern: $0.baseAddress), count: $0.count) }
        }
    }

    private let spans: [Span]

    /// The identity of `body`.
    package init(_ body: ArtifactBody) {
        spans = body.pieces.map { piece in
            switch piece {
            case .bytes(let slice): .bytes(slice)
            case .fragment(let fragment): Span(address: UInt(bitPattern: ObjectIdentifier(fragment)), count: -1)
            case .snapshotID: Span(address: 0, count: -2)
            }
        }
    }
}
