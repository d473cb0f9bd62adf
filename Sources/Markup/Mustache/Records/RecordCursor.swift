/// A record of whatever type on the way through a list, read by slot. The compiler has seen to it that a slot is asked for
/// what its field holds; any other question gets the answer of a field that is missing.
protocol RecordCursor: AnyObject {
    func text(_ slot: Int) -> String?
    func html(_ slot: Int) -> SafeHTML?
    func number(_ slot: Int) -> Int
    func texts(_ slot: Int) -> [String]
    /// The records of a list or a record, at the first of them; nil when there is none.
    func records(_ slot: Int) -> (any RecordCursor)?
    /// Whether a section over the field is rendered.
    func holds(_ slot: Int) -> Bool
    /// The type of the record.
    var shape: ObjectIdentifier { get }
    /// Goes on to the next record; false when there is none.
    func advance() -> Bool
}

/// The records of one list.
final class ListCursor<Record: TemplateRecord>: RecordCursor {
    private let fields: [TemplateField<Record>]
    private let records: [Record]
    private var index = 0

    /// Nil for an empty list: a cursor always stands at a record.
    init?(_ records: [Record]) {
        guard !records.isEmpty else { return nil }
        self.records = records
        fields = Record.fields.fields
    }

    var shape: ObjectIdentifier { ObjectIdentifier(Record.self) }

    func advance() -> Bool {
        guard index + 1 < records.count else { return false }
        index += 1
        return true
    }

    func text(_ slot: Int) -> String? {
        if case .text(let read) = fields[slot].reader { with(read) } else { nil }
    }

    func html(_ slot: Int) -> SafeHTML? {
        if case .html(let read) = fields[slot].reader { with(read) } else { nil }
    }

    func number(_ slot: Int) -> Int {
        if case .number(let read) = fields[slot].reader { with(read) } else { 0 }
    }

    func texts(_ slot: Int) -> [String] {
        if case .texts(let read) = fields[slot].reader { with(read) } else { [] }
    }

    func records(_ slot: Int) -> (any RecordCursor)? {
        if case .records(_, _, let open) = fields[slot].reader { with(open) } else { nil }
    }

    func holds(_ slot: Int) -> Bool {
        switch fields[slot].reader {
        case .text(let read): return with(read)?.isEmpty == false
        case .html(let read): return with(read)?.text.isEmpty == false
        case .flag(let read): return with(read)
        case .number: return true
        case .texts(let read): return !with(read).isEmpty
        case .records(_, _, let open): return with(open) != nil
        }
    }

    /// What `read` makes of the record at hand, where it lies: a record may hold dozens of values, and is read once a field.
    private func with<Value>(_ read: (Record) -> Value) -> Value {
        records.withUnsafeBufferPointer { buffer in read(buffer.baseAddress.unsafelyUnwrapped[index]) }
    }
}
