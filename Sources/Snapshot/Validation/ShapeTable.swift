/// A ``JSONShape`` laid out flat, so that following it touches no reference counts.
struct ShapeTable: Sendable {
    enum Kind: UInt8 {
        case anything, text, instant, integer, price, boolean, object, array
    }

    struct Node {
        var kind = Kind.anything
        var allowsNull = false
        var isOptional = false
        var fact: DocumentFacts.Fact?
        /// The allowed lengths of a text.
        var length = 0...Int.max
        /// The places of an object's members in ``ShapeTable/members``.
        var members = 0..<0
        /// The place of an array's element shape in ``ShapeTable/nodes``.
        var element = 0
    }

    struct Member {
        let key: StaticString
        let node: Int
    }

    private(set) var nodes: [Node] = []
    private(set) var members: [Member] = []
    /// The place of the items that may have been read before; nil for a document without such.
    private(set) var item: Int?

    /// The table whose first node is `shape`.
    init(_ shape: JSONShape) {
        _ = add(shape)
    }

    private mutating func add(_ shape: JSONShape) -> Int {
        let place = nodes.count
        nodes.append(Node())
        lay(shape, at: place)
        return place
    }

    private mutating func lay(_ shape: JSONShape, at place: Int) {
        switch shape {
        case .anything: nodes[place].kind = .anything
        case .text(let length):
            nodes[place].kind = .text
            nodes[place].length = length
        case .instant: nodes[place].kind = .instant
        case .integer: nodes[place].kind = .integer
        case .price: nodes[place].kind = .price
        case .boolean: nodes[place].kind = .boolean
        case .object(let shapes):
            // The bits of one integer tell which members were seen.
            precondition(shapes.count <= UInt64.bitWidth, "an object of more than 64 required keys")
            nodes[place].kind = .object
            let laid = shapes.map { Member(key: $0.key, node: add($0.value)) }
            nodes[place].members = members.count..<members.count + laid.count
            members.append(contentsOf: laid)
        case .array(let element):
            nodes[place].kind = .array
            nodes[place].element = add(element)
        case .nullable(let shape):
            nodes[place].allowsNull = true
            lay(shape, at: place)
        case .ifPresent(let shape):
            nodes[place].isOptional = true
            lay(shape, at: place)
        case .item(let shape):
            item = place
            lay(shape, at: place)
        case .fact(let fact, let shape):
            nodes[place].fact = fact
            lay(shape, at: place)
        }
    }
}
