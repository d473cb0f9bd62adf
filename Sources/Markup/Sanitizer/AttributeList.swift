/// The attributes of an element as libxml2 gives them; they live as long as the call that gives them.
struct AttributeList {
    private let pairs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?

    init(_ pairs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?) {
        self.pairs = pairs
    }

    var isEmpty: Bool {
        pairs?[0] == nil
    }

    var count: Int {
        guard let pairs else { return 0 }
        var count = 0
        while pairs[2 * count] != nil { count += 1 }
        return count
    }

    /// The value of the first attribute of that name: empty when it has none, nil when there is no such attribute.
    subscript(name: StaticString) -> String? {
        guard let pairs else { return nil }
        var index = 0
        while let candidate = pairs[index] {
            if AttributeList.isEqual(candidate, name) { return pairs[index + 1].map { String(cString: $0) } ?? "" }
            index += 2
        }
        return nil
    }

    private static func isEqual(_ candidate: UnsafePointer<UInt8>, _ name: StaticString) -> Bool {
        for index in 0..<name.utf8CodeUnitCount where candidate[index] != name.utf8Start[index] { return false }
        return candidate[name.utf8CodeUnitCount] == 0
    }
}
