import Bytes
import Catalog
import Store

extension CatalogReader {
    /// What courses, runs and programs are described by.
    mutating func readAttributes(_ session: inout Session) throws {
        data.departments = try session.rows(
            .table("courses_department", columns: "id, name, slug", orderBy: "name, id")
        ) { row in Department(id: try row["id"], name: try row["name"], slug: try row["slug"]) }

        data.enrollmentModes = try session.rows(
            .table("courses_enrollmentmode", columns: "id, mode_slug, mode_display_name, requires_payment", orderBy: "id")
        ) { row in
            EnrollmentMode(
                id: try row["id"], slug: try row["mode_slug"], displayName: try row["mode_display_name"],
                requiresPayment: try row["requires_payment"])
        }

        var rank = 0
        data.topics = try session.rows(
            .table("courses_coursestopic", columns: "id, name, parent_id", orderBy: "name, id")
        ) { row in
            rank += 1
            return Topic(id: try row["id"], name: try row["name"], parentID: try row["parent_id"], databaseRank: rank)
        }
        try readProducts(&session)
        try readVariants(&session)
    }

    private mutating func readProducts(_ session: inout Session) throws {
        let columns = "id, content_type_id, object_id, price, description, is_active"
        try session.forEach(.table("ecommerce_product", columns: columns, orderBy: "id")) { row in
            let product = Product(
                id: try row["id"], price: try row.decimal("price", scale: 2), description: try row["description"])
            guard try row["is_active"] else { return }
            let owned = CatalogData.Owned(owner: try row["object_id"], value: product)
            switch contentTypes[try row["content_type_id"]] {
            case "courses.courserun": data.runProducts.append(owned)
            case "courses.program": data.programProducts.append(owned)
            default: break
            }
        }
    }

    private mutating func readVariants(_ session: inout Session) throws {
        let columns = """
            id, content_type_id, object_id, language, variant_length, variant_industry, active, b2b_only,
            default_variant
            """
        try session.forEach(.table("variants_supportedvariant", columns: columns, orderBy: "id")) { row in
            guard contentTypes[try row["content_type_id"]] == "courses.course" else { return }
            let variant = VariantSet(
                id: try row["id"], language: try row["language"], length: try row["variant_length"],
                industry: try row["variant_industry"], active: try row["active"], b2bOnly: try row["b2b_only"],
                isDefault: try row["default_variant"])
            data.courseVariants.append(CatalogData.Owned(owner: try row["object_id"], value: variant))
        }
    }
}
