/// What a JSON value must look like.
indirect enum JSONShape: Sendable {
    /// Any JSON value.
    case anything
    /// A string with that many characters (Unicode scalars).
    case text(ClosedRange<Int>)
    /// A string with an instant in UTC, `2026-11-23T20:45:00Z`, with six fraction digits or none
    /// (`spec/catalog.md` §3.4).
    case instant
    case integer
    /// A number with at least one fraction digit, not below zero (`spec/catalog.md` §3.5).
    case price
    case boolean
    /// An object with all these keys, each once; further keys are allowed. The keys have no `/` and no `~`, which would
    /// have to be escaped in a JSON pointer.
    case object(KeyValuePairs<StaticString, JSONShape>)
    /// Under a key of an object: the key may also be missing.
    case ifPresent(JSONShape)
    /// An array whose elements all have one shape.
    case array(JSONShape)
    /// The shape, or `null`.
    case nullable(JSONShape)
    /// The shape of a list's items, each of which may have been read before as a document of its own.
    case item(JSONShape)
    /// The shape; its value is remembered as one of the ``DocumentFacts``.
    case fact(DocumentFacts.Fact, JSONShape)

    /// A string of any length.
    static let string = JSONShape.text(0...Int.max)

    /// The same shape, or `null`.
    var orNull: JSONShape { .nullable(self) }
}

/// What a document says about itself and its neighbours.
struct DocumentFacts: Sendable {
    /// The values that are remembered.
    enum Fact: UInt8, Sendable {
        case count, next, previous, id, readableID, runID
    }

    /// A list's `count`.
    var count: Int?
    /// A list's `next`.
    var next: String?
    /// A list's `previous`.
    var previous: String?
    /// The ids of the items in order.
    var ids: [Int] = []
    /// The readable ids of the items in order.
    var readableIDs: [String] = []
    /// The ids of the course runs in order.
    var runIDs: [Int] = []

    /// Takes in what is known of an item.
    mutating func add(_ item: DocumentFacts) {
        ids += item.ids
        readableIDs += item.readableIDs
        runIDs += item.runIDs
    }

    mutating func note(_ fact: Fact, number: Int) {
        switch fact {
        case .count: count = number
        case .id: ids.append(number)
        case .runID: runIDs.append(number)
        case .next, .previous, .readableID: break
        }
    }

    mutating func note(_ fact: Fact, text: String) {
        switch fact {
        case .next: next = text
        case .previous: previous = text
        case .readableID: readableIDs.append(text)
        case .count, .id, .runID: break
        }
    }
}
