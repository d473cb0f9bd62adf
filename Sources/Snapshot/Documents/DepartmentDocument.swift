import Bytes
import Catalog

extension RenderContext {
    /// Encodes all departments (`spec/catalog.md` §6.6), in the order of ``CourseCatalog/departments``.
    func departmentDocuments() -> [Int: [UInt8]] {
        var courses: [Int: [Course]] = [:]
        for course in catalog.courses where isInCatalog(course) {
            for department in course.departments { courses[department.id, default: []].append(course) }
        }
        var programs: [Int: [Int]] = [:]
        // An organisation's program is nobody else's business [D4].
        for program in catalog.programs
        where program.isShown && (isStrict || !program.b2bOnly) && !leftOutPrograms.contains(program.id) {
            for department in program.departments { programs[department.id, default: []].append(program.id) }
        }
        return Dictionary(
            catalog.departments.map { department in
                let courseIDs = courses[department.id, default: []]
                    .sorted { ByteKey($0.readableID) < ByteKey($1.readableID) }.map(\.id)
                return (
                    department.id,
                    encode(department, courses: courseIDs, programs: programs[department.id, default: []].sorted())
                )
            }
        ) { first, _ in first }
    }

    private func encode(_ department: Department, courses: [Int], programs: [Int]) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.object { object in
            object.member("id", department.id)
            object.member("name", department.name)
            object.member("slug", department.slug)
            object.array("course_ids", courses) { $0.append($1) }
            object.array("program_ids", programs) { $0.append($1) }
        }
        return buffer.fittedBytes
    }
}
