/// Texts as an array of C strings, nil for NULL, closed by nil.
final class CStrings {
    let pointers: [UnsafePointer<CChar>?]
    private let storage: UnsafeMutableBufferPointer<CChar>

    /// A text must not hold a NUL character: C would take it for the end.
    init(_ texts: [String?]) {
        storage = .allocate(capacity: texts.reduce(0) { $0 + ($1.map { $0.utf8.count + 1 } ?? 0) })
        var pointers: [UnsafePointer<CChar>?] = []
        var end = 0
        for text in texts {
            guard let text else {
                pointers.append(nil)
                continue
            }
            pointers.append(storage.baseAddress.map { UnsafePointer($0 + end) })
            for byte in text.utf8 {
                storage[end] = CChar(bitPattern: byte)
                end += 1
            }
            storage[end] = 0
            end += 1
        }
        self.pointers = pointers + [nil]
    }

    deinit {
        storage.deallocate()
    }
}
