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
        if case .text(let read) = fields[slot].reader { read(records[index]) } else { nil }
    }

    func html(_ slot: Int) -> SafeHTML? {
        if case .html(let read) = fields[slot].reader { read(records[index]) } else { nil }
    }

    func number(_ slot: Int) -> Int {
        if case .number(let read) = fields[slot].reader { read(records[index]) } else { 0 }
    }

    func texts(_ slot: Int) -> [String] {
        if case .texts(let read) = fields[slot].reader { read(records[index]) } else { [] }
    }

    func records(_ slot: Int) -> (any RecordCursor)? {
        if case .records(_, _, let open) = fields[slot].reader { open(records[index]) } else { nil }
    }

    func holds(_ slot: Int) -> Bool {
        let record = records[index]
        switch fields[slot].reader {
        case .text(let read): return read(record)?.isEmpty == false
        case .html(let read): return read(record)?.text.isEmpty == false
        case .flag(let read): return read(record)
        case .number: return true
        case .texts(let read): return !read(record).isEmpty
        case .records(_, _, let open): return open(record) != nil
        }
    }
}
