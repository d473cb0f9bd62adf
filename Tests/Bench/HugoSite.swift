import Bytes
import Foundation
import Support

/// The catalog as a site for Hugo, with a page for each page of ours that says the same, made of the documents that our render
/// wrote.
struct HugoSite {
    private let folder: String
    private let api: String
    private var people: [Int: (person: JSONValue, courses: [Int])] = [:]

    /// Writes the site into `folder`.
    ///
    /// - Parameters:
    ///   - api: the folder `public/api/v2` of a rendered snapshot.
    ///   - layouts: the folder with Hugo's configuration and layouts.
    init(of api: String, layouts: String, in folder: String) throws {
        self.api = api
        self.folder = folder
        try FileManager.default.copyItem(atPath: layouts, toPath: folder)
        try write(courses: pages("cms.coursepage"), programs: pages("cms.programpage"))
    }

    private func document(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: try Data(contentsOf: URL(fileURLWithPath: "\(api)/\(path)/index.json")))
    }

    private func pages(_ type: String) throws -> [JSONValue] {
        try document("pages/\(type)")["items"]?.array ?? []
    }

    private mutating func write(courses: [JSONValue], programs: [JSONValue]) throws {
        for section in ["courses", "programs", "instructors"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/content/\(section)", withIntermediateDirectories: true)
        }
        for page in courses { try writeCourse(page) }
        for page in programs { try writeProgram(page) }
        for (id, entry) in people {
            try write(
                "instructors/i\(id)",
                [
                    ("title", entry.person["instructor_name"] ?? .null),
                    ("job", entry.person["instructor_title"] ?? .null),
                    ("bio", entry.person["instructor_bio_long"] ?? .null),
                    ("image_path", entry.person["feature_image_src"] ?? .null),
                    ("courses", .array(entry.courses.map { .number("\($0)") })),
                ])
        }
    }

    private mutating func writeCourse(_ page: JSONValue) throws {
        guard let course = page["course_details"], let id = course["id"]?.int else { return }
        // A page may be live while its course is not; such a course has no page of ours.
        guard FileManager.default.fileExists(atPath: "\(api)/courses/\(id)/index.json") else { return }
        let runs = try document("courses/\(id)")["courseruns"]?.array ?? []
        let faculty = page["faculty"]?.array ?? []
        for person in faculty {
            guard let key = person["id"]?.int else { continue }
            people[key, default: (person, [])].courses.append(id)
        }
        let members: [(String, JSONValue)] = [
            ("departments", names(course["departments"])), ("topics", names(course["topics"])),
            ("number", course["readable_id"] ?? .null), ("programs", course["programs"] ?? .null),
            ("certificate", course["certificate_type"] ?? .null),
            ("pacing", .string(runs.first?["is_self_paced"] == .bool(true) ? "Self-paced" : "Instructor-paced")),
            ("languages", .array(runs.compactMap { $0["language_label"] })),
            ("runs", .array(runs.map(dates))),
            ("date_text", runs.first.map { .string("Starts \(day($0["start_date"]))") } ?? .null),
            ("instances", .array(runs.map(dates))), ("faculty_title", page["faculty_section_title"] ?? .null),
            ("ways", page["how_youll_learn"] ?? .null),
            (
                "instructors",
                .array(
                    faculty.map { person in
                        .object([
                            .init(key: "id", value: person["id"] ?? .null),
                            .init(key: "name", value: person["instructor_name"] ?? .null),
                            .init(key: "title", value: person["instructor_title"] ?? .null),
                            .init(key: "bio", value: person["instructor_bio_short"] ?? .null),
                            .init(key: "image", value: person["feature_image_src"] ?? .null),
                        ])
                    })
            ),
        ]
        try write("courses/c\(id)", common(page, course) + members)
    }

    private func writeProgram(_ page: JSONValue) throws {
        guard let program = page["program_details"], let id = program["id"]?.int else { return }
        let requirements = program["requirements"]?["courses"]
        let groups = [("Required Courses", "required"), ("Elective Courses", "electives")].map { title, key in
            JSONValue.object([
                .init(key: "title", value: .string(title)),
                .init(
                    key: "courses", value: .array((requirements?[key]?.array ?? []).map { $0["id"] ?? $0 })),
            ])
        }
        try write(
            "programs/p\(id)",
            common(page, program) + [
                ("program_type", program["program_type"] ?? .null), ("groups", .array(groups)),
            ])
    }

    /// What pages of courses and programs have in common.
    private func common(_ page: JSONValue, _ details: JSONValue) -> [(String, JSONValue)] {
        [
            ("title", page["title"] ?? .null), ("description_html", page["description"] ?? .null),
            ("summary_text", details["page"]?["description"] ?? .null), ("about", page["about"] ?? .null),
            ("what_you_learn", page["what_you_learn"] ?? .null), ("prerequisites", page["prerequisites"] ?? .null),
            ("length", page["length"] ?? .null), ("effort", page["effort"] ?? .null),
            ("price", page["min_price"] ?? .null), ("page_url", details["page"]?["page_url"] ?? .null),
            ("image_path", page["feature_image"]?["image_url"] ?? .null),
            ("image", details["page"]?["feature_image_src"] ?? .null),
        ]
    }

    private func names(_ list: JSONValue?) -> JSONValue {
        .array((list?.array ?? []).compactMap { $0["name"] })
    }

    private func dates(_ run: JSONValue) -> JSONValue {
        .object([
            .init(key: "start", value: run["start_date"] ?? .null), .init(key: "end", value: run["end_date"] ?? .null),
            .init(key: "start_text", value: .string(day(run["start_date"]))),
            .init(key: "end_text", value: .string(day(run["end_date"]))),
        ])
    }

    private func day(_ instant: JSONValue?) -> String { String(instant?.string?.prefix(10) ?? "") }

    private func write(_ name: String, _ members: [(String, JSONValue)]) throws {
        var buffer = ByteBuffer()
        buffer.appendJSON(JSONValue.object(members.map { JSONValue.Member(key: $0.0, value: $0.1) }))
        try Data(buffer.bytes).write(to: URL(fileURLWithPath: "\(folder)/content/\(name).html"))
    }
}
