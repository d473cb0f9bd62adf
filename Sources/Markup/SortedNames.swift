/// A fixed list of names, searched by bisection.
struct SortedNames: Sendable {
    private let text: StaticString
    /// Where each name begins in `text`, and one past its end.
    private let starts: [Int]

    /// `text` holds the names in byte order, with one white-space character between two.
    init(_ text: StaticString) {
        self.text = text
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte.isHTMLSpace { starts.append(index + 1) }
        starts.append(bytes.count + 1)
        self.starts = starts
    }

    var count: Int { starts.count - 1 }

    func contains(_ name: some Collection<UInt8>) -> Bool {
        self[firstIndex(notBefore: name)].map { $0.elementsEqual(name) } ?? false
    }

    /// Whether some name begins with `prefix` or is equal to it.
    func containsPrefix(_ prefix: some Collection<UInt8>) -> Bool {
        self[firstIndex(notBefore: prefix)].map { $0.starts(with: prefix) } ?? false
    }

    /// The bytes of a name, nil past the last one.
    subscript(index: Int) -> UnsafeBufferPointer<UInt8>? {
        guard index < count else { return nil }
        return UnsafeBufferPointer(start: text.utf8Start + starts[index], count: starts[index + 1] - starts[index] - 1)
    }

    private func firstIndex(notBefore name: some Collection<UInt8>) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if let bytes = self[middle], bytes.lexicographicallyPrecedes(name) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
