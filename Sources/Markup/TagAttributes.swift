/// The double-quoted attributes of one tag.
struct TagAttributes {
    private var all: [(name: Slice<UnsafeBufferPointer<UInt8>>, value: String)] = []

    /// Reads what stands between a tag's name and its end.
    init(bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        var index = bytes.startIndex
        while let equals = bytes[index...].firstIndex(of: UInt8(ascii: "=")) {
            let value = equals + 2
            index = equals + 1
            guard value <= bytes.endIndex, bytes[equals + 1] == UInt8(ascii: "\"") else { continue }
            index = value
            var name = equals
            while name > bytes.startIndex, bytes[name - 1].isWordByte || bytes[name - 1] == UInt8(ascii: "-") {
                name -= 1
            }
            guard name < equals else { continue }
            guard let quote = bytes[value...].firstIndex(of: UInt8(ascii: "\"")) else { return }
            all.append((bytes[name..<equals], TagAttributes.unescaped(bytes[value..<quote])))
            index = quote + 1
        }
    }

    /// The value of the attribute `name`, unescaped; of a repeated one the last.
    subscript(name: StaticString) -> String? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return all.last { $0.name.elementsEqual(wanted) }?.value
    }

    private static func unescaped(_ value: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        var result: [UInt8] = []
        var rest = value
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            result.append(contentsOf: rest[..<ampersand])
            rest = rest[ampersand...]
            if let (escape, character) = escapes.first(where: { rest.starts(with: $0.0.utf8) }) {
                result.append(character)
                rest = rest.dropFirst(escape.utf8.count)
            } else {
                result.append(UInt8(ascii: "&"))
                rest = rest.dropFirst()
            }
        }
        result.append(contentsOf: rest)
        return String(decoding: result, as: UTF8.self)
    }

    private static let escapes: [(String, UInt8)] = [
        ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&quot;", UInt8(ascii: "\"")),
        ("&amp;", UInt8(ascii: "&")),
    ]
}
