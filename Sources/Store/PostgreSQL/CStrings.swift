/// Texts as an array of C strings.
enum CStrings {
    /// Calls `body` with pointers to the texts, nil for NULL, closed by nil; they are valid during the call only.
    ///
    /// A text must not hold a NUL character: C would take it for the end.
    static func with<Result>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        let size = texts.reduce(0) { $0 + ($1.map { $0.utf8.count + 1 } ?? 0) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { storage in
            var pointers: [UnsafePointer<CChar>?] = []
            pointers.reserveCapacity(texts.count + 1)
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
            return body(pointers + [nil])
        }
    }
}
