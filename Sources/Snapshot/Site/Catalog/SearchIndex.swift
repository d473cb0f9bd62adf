import Bytes

/// What the search of the catalog knows, as a script: a page that opens from disk may load scripts, but no data.
///
/// It is one call of `catalogIndex` with an object. Texts that many entries share stand in lists of their own, and entries
/// name them by their places there: `departments` and `topics` (a slug and the name), `people`, `images` (below the site's
/// root, after `imageBase`), `notes` (date texts, kinds of programs). An entry of `courses` or `programs` is a list too:
/// title, readable id (after what `ids` has), image, note, departments, topics, people, availability; a text that is
/// missing is -1.
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

    /// The script for these entries, whose links begin with `bases`.
    mutating func script(
        courses: [Entry], programs: [Entry], bases: (courses: String, programs: String)
    ) -> [UInt8] {
        let courseIDs = courses.map(\.readableID).commonPrefix
        let programIDs = programs.map(\.readableID).commonPrefix
        let imageBase = (courses + programs).compactMap(\.image).commonPrefix
        let courseRows = courses.map { row(of: $0, idBase: courseIDs, imageBase: imageBase) }
        let programRows = programs.map { row(of: $0, idBase: programIDs, imageBase: imageBase) }
        let members: [(String, JSONValue)] = [
            ("departments", .array(departments.values)), ("topics", .array(topics.values)),
            ("people", .array(people.values)), ("imageBase", .string(imageBase)), ("images", .array(images.values)),
            ("notes", .array(notes.values)),
            ("availabilities", .array(Availability.allCases.map { .string($0.rawValue) })),
            ("bases", .byKind(.string(bases.courses), .string(bases.programs))),
            ("ids", .byKind(.string(courseIDs), .string(programIDs))),
            ("courses", .array(courseRows)), ("programs", .array(programRows)),
        ]
        var script = ByteBuffer()
        script.append("catalogIndex(")
        script.appendJSON(.object(members.map { JSONValue.Member(key: $0.0, value: $0.1) }))
        script.append(");\n")
        return script.fittedBytes
    }

    private mutating func row(of entry: Entry, idBase: String, imageBase: String) -> JSONValue {
        .array([
            .string(entry.title), .string(entry.readableID.rest(after: idBase)),
            .integer(entry.image.map { images.place(of: $0.rest(after: imageBase)) } ?? -1),
            .integer(entry.note.map { notes.place(of: $0) } ?? -1),
            .array(entry.departments.map { .integer(departments.place(of: $0.0, value: .pair($0))) }),
            .array(entry.topics.map { .integer(topics.place(of: $0.0, value: .pair($0))) }),
            .array(entry.people.map { .integer(people.place(of: $0)) }),
            .integer(entry.availability.flatMap { Availability.allCases.firstIndex(of: $0) } ?? -1),
        ])
    }
}

extension [String] {
    /// The longest text of ASCII that all begin with; empty for none.
    fileprivate var commonPrefix: String {
        guard let first else { return "" }
        var length = first.utf8.prefix { $0 < 0x80 }.count
        for text in self {
            length = zip(first.utf8.prefix(length), text.utf8).prefix { $0 == $1 }.count
        }
        return String(decoding: first.utf8.prefix(length), as: UTF8.self)
    }
}

extension String {
    fileprivate func rest(after prefix: String) -> String {
        String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
}

extension JSONValue {
    fileprivate static func integer(_ number: Int) -> JSONValue { .number("\(number)") }

    fileprivate static func byKind(_ courses: JSONValue, _ programs: JSONValue) -> JSONValue {
        .object([Member(key: "courses", value: courses), Member(key: "programs", value: programs)])
    }

    fileprivate static func pair(_ texts: (String, String)) -> JSONValue {
        .array([.string(texts.0), .string(texts.1)])
    }
}
