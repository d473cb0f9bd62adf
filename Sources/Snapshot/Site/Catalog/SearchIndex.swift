import Bytes

/// What the search of the catalog knows, as a script: a page that opens from disk may load scripts, but no data.
///
/// It is one call of `catalogIndex` with an object. Texts that many entries share stand in lists of their own, and entries
/// name them by their places there: `departments` and `topics` (a slug and the name), `people`, `images` (below the site's
/// root), `notes` (date texts, kinds of programs). An entry of `courses` or `programs` is a list too: title, readable id,
/// image, note, departments, topics, people, availability; a text that is missing is -1.
struct SearchIndex {
    /// A course or program.
    struct Entry {
        let title: String
        let readableID: String
        let image: String?
        let note: String?
        /// Slugs with names.
        let departments: [(String, String)]
        /// Slugs with names.
        let topics: [(String, String)]
        let people: [String]
        let availability: Availability?
    }

    /// Texts without repetition, in the order in which they came.
    private struct Table {
        private(set) var values: [JSONValue] = []
        private var places: [ByteKey: Int] = [:]

        mutating func place(of text: String, value: JSONValue? = nil) -> Int {
            if let place = places[ByteKey(text)] { return place }
            places[ByteKey(text)] = values.count
            values.append(value ?? .string(text))
            return values.count - 1
        }
    }

    private var departments = Table()
    private var topics = Table()
    private var people = Table()
    private var images = Table()
    private var notes = Table()

    /// The entry as a list.
    mutating func row(of entry: Entry) -> JSONValue {
        .array([
            .string(entry.title), .string(entry.readableID),
            .integer(entry.image.map { images.place(of: $0) } ?? -1),
            .integer(entry.note.map { notes.place(of: $0) } ?? -1),
            .array(entry.departments.map { .integer(departments.place(of: $0.0, value: .pair($0))) }),
            .array(entry.topics.map { .integer(topics.place(of: $0.0, value: .pair($0))) }),
            .array(entry.people.map { .integer(people.place(of: $0)) }),
            .integer(entry.availability.flatMap { Availability.allCases.firstIndex(of: $0) } ?? -1),
        ])
    }

    /// The script for these rows, whose links begin with `bases`.
    func script(courses: [JSONValue], programs: [JSONValue], bases: (courses: String, programs: String)) -> [UInt8] {
        let members: [(String, JSONValue)] = [
            ("departments", .array(departments.values)), ("topics", .array(topics.values)),
            ("people", .array(people.values)), ("images", .array(images.values)), ("notes", .array(notes.values)),
            ("availabilities", .array(Availability.allCases.map { .string($0.rawValue) })),
            (
                "bases",
                .object([
                    JSONValue.Member(key: "courses", value: .string(bases.courses)),
                    JSONValue.Member(key: "programs", value: .string(bases.programs)),
                ])
            ),
            ("courses", .array(courses)), ("programs", .array(programs)),
        ]
        var script = ByteBuffer()
        script.append("catalogIndex(")
        script.appendJSON(.object(members.map { JSONValue.Member(key: $0.0, value: $0.1) }))
        script.append(");\n")
        return script.fittedBytes
    }
}

extension JSONValue {
    fileprivate static func integer(_ number: Int) -> JSONValue { .number("\(number)") }

    fileprivate static func pair(_ texts: (String, String)) -> JSONValue {
        .array([.string(texts.0), .string(texts.1)])
    }
}
