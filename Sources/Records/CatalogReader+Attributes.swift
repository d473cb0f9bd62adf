import Bytes
import Catalog
import Store

extension CatalogReader {
    /// What courses, runs and programs are described by.
    mutating func readAttributes(_ session: inout Session) throws {
        try session.forEach(.table("django_content_type", columns: "id, app_label, model", orderBy: "id")) { row in
            let (label, model): (String, String) = (try row["app_label"], try row["model"])
            contentTypes[try row["id"]] = "\(label).\(model)"
        }
        data.departments = try session.rows(
            .table("courses_department", columns: "id, name, slug", orderBy: "name, id")
        ) { row in Department(id: try row["id"], name: try row["name"], slug: try row["slug"]) }

        for department in data.departments { departments[department.id] = department }

        let modeColumns = "id, mode_slug, mode_display_name, requires_payment"
        try session.forEach(.table("courses_enrollmentmode", columns: modeColumns, orderBy: "id")) { row in
            let mode = EnrollmentMode(
                id: try row["id"], slug: try row["mode_slug"], displayName: try row["mode_display_name"],
                requiresPayment: try row["requires_payment"])
            enrollmentModes[mode.id] = mode
        }

        var rank = 0
        var previous: ByteKey?
        data.topics = try session.rows(
            .table("courses_coursestopic", columns: "id, name, parent_id", orderBy: "name, id")
        ) { row in
            let name: String = try row["name"]
            if previous != ByteKey(name) { rank += 1 }
            previous = ByteKey(name)
            return Topic(id: try row["id"], name: name, parentID: try row["parent_id"], databaseRank: rank)
        }
        for topic in data.topics { topics[topic.id] = topic }
    }

    /// Active products by what they sell.
    func products(_ session: inout Session) throws -> (ofRuns: [Int: Product], ofPrograms: [Int: Product]) {
        var runs: [Int: Product] = [:]
        var programs: [Int: Product] = [:]
        let columns = "id, content_type_id, object_id, price, description, is_active"
        try session.forEach(.table("ecommerce_product", columns: columns, orderBy: "id")) { row in
            let product = Product(
                id: try row["id"], price: try row.decimal("price", scale: 2), description: try row["description"])
            let isActive: Bool = try row["is_active"]
            guard isActive else { return }
            switch contentTypes[try row["content_type_id"]] {
            case "courses.courserun": runs[try row["object_id"]] = product
            case "courses.program": programs[try row["object_id"]] = product
            default: break
            }
        }
        return (runs, programs)
    }

    /// Variant sets by course.
    func variants(_ session: inout Session) throws -> [Int: [VariantSet]] {
        let columns = """
            id, content_type_id, object_id, language, variant_length, variant_industry, active, b2b_only,
            default_variant
            """
        var variants: [Int: [VariantSet]] = [:]
        try session.forEach(.table("variants_supportedvariant", columns: columns, orderBy: "id")) { row in
            guard contentTypes[try row["content_type_id"]] == "courses.course" else { return }
            let variant = VariantSet(
                id: try row["id"], language: try row["language"], length: try row["variant_length"],
                industry: try row["variant_industry"], active: try row["active"], b2bOnly: try row["b2b_only"],
                isDefault: try row["default_variant"])
            variants[try row["object_id"], default: []].append(variant)
        }
        return variants
    }
}
