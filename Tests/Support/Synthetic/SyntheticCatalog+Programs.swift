import Bytes
import Store

extension SyntheticCatalog {
    /// Programs and their requirement trees, pages apart.
    func insertPrograms(into session: inout Session) throws -> Int {
        let created = SyntheticCatalog.beginning
        return try session.insert("courses_program", programs) { program in
            [
                "id": program.id, "created_on": created, "updated_on": created, "title": program.title,
                "readable_id": program.readableID, "live": program.live, "program_type": program.type,
                "availability": program.start == nil ? "anytime" : "dated", "start_date": program.start,
                "b2b_only": program.isForContracts,
                "display_mode": program.isShownAsCourse ? Bind.text("course") : .null,
            ]
        }
            + session.insert("courses_programrequirement", programs.lazy.flatMap(\.requirements)) { node in
                [
                    "id": node.id, "path": node.path, "depth": node.depth, "numchild": node.childCount,
                    "node_type": node.type, "operator": node.operation, "operator_value": node.operatorValue,
                    "title": node.title, "course_id": node.courseID, "program_id": node.programID,
                    "elective_flag": node.isElective, "required_program_id": node.requiredProgramID,
                ]
            } + insertAttachments(into: &session)
    }

    private func insertAttachments(into session: inout Session) throws -> Int {
        let created = SyntheticCatalog.beginning
        let departments = programs.lazy.flatMap { program in
            program.departments.enumerated().map { (id: program.id * 2 + $0, program: program.id, department: $1) }
        }
        let modes = (1...programCount).lazy.flatMap { id in [1, 2].map { (id: id * 2 + $0, program: id, mode: $0) } }
        let related = (1...programCount).lazy.filter { $0 > 1 && $0 % 20 == 0 }
        let products = programs.lazy.compactMap { program in program.price.map { (program: program, price: $0) } }
        return try session.insert("courses_program_departments", departments) { link in
            ["id": link.id, "program_id": link.program, "department_id": link.department]
        }
            + session.insert("courses_program_enrollment_modes", modes) { link in
                ["id": link.id, "program_id": link.program, "enrollmentmode_id": link.mode]
            }
            + session.insert("courses_relatedprogram", related) { program in
                [
                    "id": program, "created_on": created, "updated_on": created, "first_program_id": program,
                    "second_program_id": program - 1,
                ]
            }
            + session.insert("ecommerce_product", products) { product in
                [
                    "id": 10_000_000 + product.program.id, "created_on": created, "updated_on": created,
                    "object_id": product.program.id, "price": Decimal64(units: product.price, scale: 2),
                    "description": product.program.readableID, "content_type_id": ContentType.program.id,
                    "is_active": true,
                ]
            }
    }
}
