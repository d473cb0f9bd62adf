/// The elements before which stripped text begins a new line (`spec/catalog.md` §7.1.2).
enum BlockElement {
    static let names = SortedNames(
        """
        address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form \
        h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section table ul
        """)

    /// Whether `name`, in any case, is a block element's.
    static func isName(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        name.count <= 10 && names.contains(name.lazy.map { $0.isASCIILetter ? $0 | 0x20 : $0 })
    }
}
