import Bytes
import Catalog
import Store

extension CatalogReader {
    mutating func readCourses(_ session: inout Session) throws {
        let attached = try links(&session, "courses_course_departments", owner: "course_id", target: "department_id")
        let variants = try variants(&session)
        data.courses = try session.rows(
            .table("courses_course", columns: "id, title, readable_id, live", orderBy: "title, id")
        ) { row in
            let id: Int = try row["id"]
            return Course(
                id: id, title: try row["title"], readableID: try row["readable_id"], live: try row["live"],
                departmentsAsAttached: attached[id, default: []].compactMap { departments[$0] },
                variants: variants[id, default: []])
        }
    }

    mutating func readRuns(_ session: inout Session, products: [Int: Product]) throws {
        let modes = try links(
            &session, "courses_courserun_enrollment_modes", owner: "courserun_id", target: "enrollmentmode_id")
        let columns = """
            id, course_id, title, courseware_id, run_tag, start_date, end_date, enrollment_start, enrollment_end,
            expiration_date, upgrade_deadline, certificate_available_date, live, is_self_paced, has_courseware_url,
            b2b_contract_id, is_source_run, is_primary_language, language, variant_length, variant_industry
            """
        data.runs = try session.rows(.table("courses_courserun", columns: columns, orderBy: "id")) { row in
            let id: Int = try row["id"]
            return CourseRun(
                id: id, courseID: try row["course_id"], title: try row["title"],
                coursewareID: try row["courseware_id"], runTag: try row["run_tag"], start: try row["start_date"],
                end: try row["end_date"], enrollmentStart: try row["enrollment_start"],
                enrollmentEnd: try row["enrollment_end"], expiration: try row["expiration_date"],
                upgradeDeadline: try row["upgrade_deadline"],
                certificateAvailable: try row["certificate_available_date"], live: try row["live"],
                isSelfPaced: try row["is_self_paced"], hasCoursewareURL: try row["has_courseware_url"],
                b2bContractID: try row["b2b_contract_id"], isSourceRun: try row["is_source_run"],
                isPrimaryLanguage: try row["is_primary_language"], language: try row["language"],
                variantLength: try row["variant_length"], variantIndustry: try row["variant_industry"],
                enrollmentModes: sorted(modes[id]), product: products[id])
        }
    }

    /// The enrollment modes with these ids, by id. Most runs have the same ones, and share the list.
    private mutating func sorted(_ modes: [Int]?) -> [EnrollmentMode] {
        let ids = (modes ?? []).sorted()
        if let known = enrollmentModeSets[ids] { return known }
        let set = ids.compactMap { enrollmentModes[$0] }
        enrollmentModeSets[ids] = set
        return set
    }

    mutating func readPrograms(_ session: inout Session, products: [Int: Product]) throws {
        let attached = try links(&session, "courses_program_departments", owner: "program_id", target: "department_id")
        let modes = try links(
            &session, "courses_program_enrollment_modes", owner: "program_id", target: "enrollmentmode_id")
        let columns = """
            id, title, readable_id, live, program_type, availability, start_date, end_date, enrollment_start,
            enrollment_end, b2b_only, display_mode
            """
        data.programs = try session.rows(.table("courses_program", columns: columns, orderBy: "title, id")) { row in
            let id: Int = try row["id"]
            return Program(
                id: id, title: try row["title"], readableID: try row["readable_id"], live: try row["live"],
                programType: try row["program_type"], availability: try row["availability"],
                start: try row["start_date"], end: try row["end_date"],
                enrollmentStart: try row["enrollment_start"], enrollmentEnd: try row["enrollment_end"],
                b2bOnly: try row["b2b_only"], displayMode: try row["display_mode"],
                departments: attached[id, default: []].sorted().compactMap { departments[$0] },
                enrollmentModes: sorted(modes[id]), product: products[id])
        }
        data.requirementNodes = try session.requirementNodes()
        data.relatedPrograms = try session.rows(
            .table("courses_relatedprogram", columns: "id, first_program_id, second_program_id", orderBy: "id")
        ) { (try $0["first_program_id"], try $0["second_program_id"]) }
    }
}
