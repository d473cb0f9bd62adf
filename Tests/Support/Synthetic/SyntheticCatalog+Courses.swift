import Bytes
import Store

extension SyntheticCatalog {
    /// Courses, their runs and what belongs to them, pages apart.
    func insertCourses(into session: inout Session) throws -> Int {
        let created = SyntheticCatalog.beginning
        return try session.insert("courses_course", courses) { course in
            [
                "id": course.id, "created_on": created, "updated_on": created, "title": course.title,
                "readable_id": course.readableID, "live": course.live,
            ]
        }
            + session.insert("courses_course_departments", courses.lazy.flatMap(links)) { link in
                ["id": link.id, "course_id": link.owner, "department_id": link.target]
            }
            + session.insert("variants_supportedvariant", courses.lazy.flatMap(\.variants)) { variant in
                [
                    "id": variant.id, "created_on": created, "updated_on": created, "language": variant.language,
                    "variant_length": "", "variant_industry": "", "object_id": variant.courseID,
                    "active": variant.isActive, "b2b_only": variant.isForContracts,
                    "default_variant": variant.isDefault, "content_type_id": ContentType.course.id,
                ]
            } + insertRuns(into: &session)
    }

    private func insertRuns(into session: inout Session) throws -> Int {
        let created = SyntheticCatalog.beginning
        let runs = courses.lazy.flatMap(\.runs)
        let modes = runs.flatMap { run in run.modes.map { (id: run.id * 2 + $0, run: run.id, mode: $0) } }
        let products = runs.compactMap { run in run.price.map { (run: run, price: Decimal64(units: $0, scale: 2)) } }
        return try session.insert("courses_courserun", runs) { run in
            [
                "id": run.id, "created_on": created, "updated_on": created, "title": run.title,
                "courseware_id": run.coursewareID, "run_tag": run.tag, "start_date": run.start, "end_date": run.end,
                "enrollment_start": run.enrollmentStart, "enrollment_end": run.enrollmentEnd,
                "expiration_date": run.expiration, "live": run.live, "course_id": run.courseID,
                "upgrade_deadline": run.upgradeDeadline, "is_self_paced": run.isSelfPaced,
                "certificate_available_date": run.certificateAvailable, "b2b_contract_id": run.contractID,
                "is_source_run": run.isSource, "has_courseware_url": true, "is_primary_language": run.isPrimary,
                "language": run.language, "variant_industry": "", "variant_length": "",
            ]
        }
            + session.insert("courses_courserun_enrollment_modes", modes) { link in
                ["id": link.id, "courserun_id": link.run, "enrollmentmode_id": link.mode]
            }
            + session.insert("ecommerce_product", products) { product in
                [
                    "id": product.run.id, "created_on": created, "updated_on": created, "object_id": product.run.id,
                    "price": product.price, "description": product.run.coursewareID,
                    "content_type_id": ContentType.courserun.id, "is_active": product.run.productIsActive,
                ]
            }
    }

    private func links(_ course: Course) -> [(id: Int, owner: Int, target: Int)] {
        course.departments.enumerated().map { (course.id * 2 + $0, course.id, $1) }
    }
}
