import Bytes
import Catalog
import Command
import Flows

/// `mitxonline-jobs import-course-run`.
enum ImportCourseRunCommand {
    private static let course = Option(
        "course", ValueType<String>.text,
        "the readable id of the course: course-v1:MITx+6.00x; that which the key names when it is left out")
    private static let departments = Option(
        "departments", ValueType<[String]>.names,
        "the names of the departments of a course that is new, separated by commas")
    private static let live = Option(flag: "live", "show the run, and its course when it is new")
    private static let source = Option(flag: "source", "the run serves as a source of copies")
    private static let language = Option("language", ValueType<String>.language, "the code of the run's language: es")
    private static let industry = Option(
        "industry", ValueType<String>.code(3), "the code of the industry that the run is for")
    private static let length = Option("length", ValueType<String>.code(1), "the code of the run's length")
    private static let price = Option("price", ValueType<Decimal64>.price, "the price of the run's product: 75.00")
    private static let countries = Option(
        "block-countries", ValueType<[String]>.countries,
        "the codes of the countries from which nobody may enroll in the course, separated by commas: CU,IR")

    static let subcommand = Subcommand(
        "import-course-run", "Adds course runs that Open edX has, with their courses and modes",
        discussion: """
            A run that is here already is refused, also one that serves as a source. It takes the place of sync-course-runs \
            while it runs, and prints only what it would do unless --commit is given.
            """,
        options: [
            CourseRunChoice.runs, course, departments, live, source, language, industry, length, price, countries,
            EnrollmentChoice.commit,
        ],
        settings: [JobsSettings.database, JobsSettings.lease]
    ) { invocation in
        guard let keys = try invocation[CourseRunChoice.runs] else {
            throw Failure(.usage, "choose course runs: give --run")
        }
        var wishes = CourseImport.Wishes()
        wishes.courseKey = try invocation[course]
        wishes.departments = try invocation[departments] ?? []
        wishes.isLive = try invocation[live]
        wishes.isSource = try invocation[source]
        wishes.language = try invocation[language] ?? ""
        wishes.industry = try invocation[industry] ?? ""
        wishes.length = try invocation[length] ?? ""
        wishes.price = try invocation[price]
        wishes.blockedCountries = try invocation[countries] ?? []
        return try await invocation.run(.addition(keys, wishes))
    }
}

extension ValueType<[String]> {
    /// Names that are separated by commas.
    fileprivate static let names = ValueType(placeholder: "NAMES") { text throws(InvalidValue) in
        let names = text.split(separator: ",").map {
            String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty }) else { throw InvalidValue("has an empty name") }
        return names
    }

    /// Codes of countries (ISO 3166-1 alpha-2) that are separated by commas.
    fileprivate static let countries = ValueType(placeholder: "CODES") { text throws(InvalidValue) in
        let codes = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.uppercased() }
        guard codes.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x41...0x5a).contains($0) } }) else {
            throw InvalidValue("is no list of codes of two letters")
        }
        return codes
    }
}

extension ValueType<String> {
    /// A code of letters and digits, so many at most.
    fileprivate static func code(_ length: Int) -> ValueType {
        ValueType(placeholder: "CODE", range: length == 1 ? "a letter or digit" : "at most \(length) letters or digits")
        { text throws(InvalidValue) in
            guard (1...length).contains(text.utf8.count),
                text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7a).contains($0 | 0x20) })
            else { throw InvalidValue("is no code of at most \(length) letters or digits") }
            return text
        }
    }

    /// The code of a language that MITx Online knows.
    fileprivate static let language = ValueType(placeholder: "CODE") { text throws(InvalidValue) in
        guard !text.isEmpty, text.utf8.count <= 8, LanguageLabel.label(of: text) != LanguageLabel.unknown else {
            throw InvalidValue("is not the code of a known language")
        }
        return text
    }
}

extension ValueType<Decimal64> {
    /// A price in dollars.
    fileprivate static let price = ValueType(placeholder: "PRICE", range: "from 0 to 99999.99") {
        text throws(InvalidValue) in
        guard let price = Decimal64(text, scale: 2), let least = Decimal64("0", scale: 2),
            let most = Decimal64("99999.99", scale: 2), price >= least, price <= most
        else { throw InvalidValue("is no price such as 75.00") }
        return price
    }
}
