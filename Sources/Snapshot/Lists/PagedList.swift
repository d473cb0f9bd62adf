import Bytes

/// A list that is served in pages whose links lead into the snapshot they belong to (`spec/catalog.md` §5.2, §5.3).
struct PagedList {
    /// The root that the files belong to: `public` or `internal`.
    let root: String
    /// The URL path of the list, without slashes at its ends: `api/v2/courses`.
    let path: String
    /// What links begin with: scheme and host, or nothing.
    let linkBase: String
    /// Items a page.
    let pageSize: Int

    /// The files of the list: every page under `page/<n>/`, the first one also under the list's own path.
    func artifacts(of items: [Fragment], withIndex: Bool = true) -> [Artifact] {
        let pageCount = max(1, (items.count + pageSize - 1) / pageSize)
        var artifacts: [Artifact] = []
        for number in 1...pageCount {
            let range = (number - 1) * pageSize..<min(number * pageSize, items.count)
            let body = page(number, of: pageCount, count: items.count, items: items[range])
            if number == 1, withIndex { artifacts.append(Artifact(path: "\(root)/\(path)/index.json", body: body)) }
            artifacts.append(Artifact(path: "\(root)/\(path)/page/\(number)/index.json", body: body))
        }
        return artifacts
    }

    private func page(
        _ number: Int, of pageCount: Int, count: Int, items: ArraySlice<Fragment>
    ) -> ArtifactBody {
        var head = PieceBuffer()
        head.buffer.append("{\"count\":")
        head.buffer.append(count)
        head.buffer.append(",\"next\":")
        appendLink(to: number < pageCount ? number + 1 : nil, into: &head)
        head.buffer.append(",\"previous\":")
        appendLink(to: number > 1 ? number - 1 : nil, into: &head)
        head.buffer.append(",\"results\":[")
        return ArtifactBody(pieces: head.finish() + items.separated + [.bytes(Fixed.listClosing)])
    }

    private func appendLink(to page: Int?, into head: inout PieceBuffer) {
        guard let page else { return head.buffer.append("null") }
        head.buffer.append("\"")
        head.buffer.append(linkBase)
        head.buffer.append("/_s/")
        head.appendSnapshotID()
        head.buffer.append("/\(path)/page/\(page)/\"")
    }
}

/// Bytes with open places for the snapshot's id.
private struct PieceBuffer {
    var buffer = ByteBuffer()
    private var pieces: [ArtifactBody.Piece] = []

    mutating func appendSnapshotID() {
        pieces.append(.bytes(buffer.fittedBytes[...]))
        pieces.append(.snapshotID)
        buffer = ByteBuffer()
    }

    consuming func finish() -> [ArtifactBody.Piece] {
        pieces + [.bytes(buffer.fittedBytes[...])]
    }
}

extension Collection<Fragment> {
    /// All of them in order with commas between.
    var separated: [ArtifactBody.Piece] {
        var result: [ArtifactBody.Piece] = []
        result.reserveCapacity(count * 2)
        for (index, fragment) in self.enumerated() {
            if index > 0 { result.append(.bytes(Fixed.comma)) }
            result.append(.fragment(fragment))
        }
        return result
    }
}

extension ArtifactBody {
    /// The list that a query for one readable id is answered with (`spec/catalog.md` §5.4).
    static func single(_ item: Fragment) -> ArtifactBody {
        ArtifactBody(pieces: [.bytes(Fixed.singleOpening), .fragment(item), .bytes(Fixed.listClosing)])
    }

    /// A bare array of `items`.
    static func array(_ items: [Fragment]) -> ArtifactBody {
        ArtifactBody(pieces: [.bytes(Fixed.arrayOpening)] + items.separated + [.bytes(Fixed.arrayClosing)])
    }
}
