// The documents that MIT Learn's import depends on, key by key (`spec/catalog.md` §6, limits from §8.2 to §8.5).

extension JSONShape {
    /// A course, in lists and detail documents, public and internal (`spec/catalog.md` §6.2, §6.4).
    static let course = JSONShape.object([
        "id": .fact(.id, .integer),
        "title": .text(1...256),
        "readable_id": .fact(.readableID, .text(1...512)),
        "next_run_id": .integer.orNull,
        "departments": .array(.named),
        "page": .coursePage.orNull,
        "programs": .array(.programReference),
        "topics": .array(.named),
        "certificate_type": .text(1...Int.max),
        "certificate_available": .boolean,
        "required_prerequisites": .boolean,
        "duration": .text(0...256).orNull,
        "min_weeks": .integer.orNull,
        "max_weeks": .integer.orNull,
        "min_price": .price.orNull,
        "max_price": .price.orNull,
        "time_commitment": .text(0...256).orNull,
        "availability": .string,
        "min_weekly_hours": .string.orNull,
        "max_weekly_hours": .string.orNull,
        "include_in_learn_catalog": .boolean.orNull,
        "ingest_content_files_for_ai": .boolean.orNull,
        "possible_variant_sets": .array(.variantSet),
        "courseruns": .array(.courseRun),
    ])

    /// A program in a detail document or in a list asked for by readable id (`spec/catalog.md` §6.5).
    static let program = JSONShape.object([
        "title": .text(1...256),
        "readable_id": .fact(.readableID, .text(1...128)),
        "id": .fact(.id, .integer),
        "courses": .array(.integer),
        "collections": .array(.integer),
        "programs": .array(.programReference).orNull,
        "requirements": .object(["courses": .requirements, "programs": .requirements]),
        "req_tree": .array(.requirementNode(levels: 8)),
        "page": .programPage.orNull,
        "program_type": .string.orNull,
        "certificate_type": .text(1...Int.max),
        "certificate_available": .boolean,
        "departments": .array(.named),
        "live": .boolean,
        "display_mode": .string.orNull,
        "topics": .array(.named),
        "availability": .string,
        "start_date": .instant.orNull,
        "end_date": .instant.orNull,
        "enrollment_start": .instant.orNull,
        "enrollment_end": .instant.orNull,
        "required_prerequisites": .boolean,
        "duration": .text(0...256).orNull,
        "min_weeks": .integer.orNull,
        "max_weeks": .integer.orNull,
        "min_price": .price.orNull,
        "max_price": .price.orNull,
        "time_commitment": .text(0...256).orNull,
        "min_weekly_hours": .string.orNull,
        "max_weekly_hours": .string.orNull,
        "enrollment_modes": .array(.enrollmentMode),
        "products": .array(.product),
    ])

    /// Anything that is listed under an id: departments, collections, topics, instructors.
    static let identified = JSONShape.object(["id": .fact(.id, .integer)])

    /// A list in pages (`spec/catalog.md` §5.3).
    static func envelope(of item: JSONShape) -> JSONShape {
        .object([
            "count": .fact(.count, .integer),
            "next": .fact(.next, .string).orNull,
            "previous": .fact(.previous, .string).orNull,
            "results": .array(.item(item)),
        ])
    }

    private static let named = JSONShape.object(["name": .string])

    private static let coursePage = JSONShape.object([
        "feature_image_src": .string.orNull,
        "page_url": .string,
        "description": .string,
        "live": .boolean,
        "length": .string.orNull,
        "effort": .string.orNull,
        "financial_assistance_form_url": .string,
        "current_price": .price.orNull,
        "instructors": .array(.object(["name": .string, "description": .string])),
    ])

    private static let courseRun = JSONShape.object([
        "title": .text(1...256),
        "start_date": .instant.orNull,
        "end_date": .instant.orNull,
        "enrollment_start": .instant.orNull,
        "enrollment_end": .instant.orNull,
        "expiration_date": .instant.orNull,
        "courseware_url": .string.orNull,
        "courseware_id": .text(1...128),
        "certificate_available_date": .instant.orNull,
        "upgrade_deadline": .instant.orNull,
        "is_upgradable": .boolean,
        "is_enrollable": .boolean,
        "is_archived": .boolean,
        "is_self_paced": .boolean,
        "run_tag": .string,
        "id": .fact(.runID, .integer),
        "live": .boolean,
        "course_number": .string,
        "enrollment_modes": .array(.enrollmentMode),
        "language": .string,
        "is_primary_language": .boolean,
        "language_label": .string,
        "variant_industry": .string,
        "variant_length": .string,
        "course_id": .integer,
        "products": .array(.product),
        "approved_flexible_price_exists": .boolean,
        "b2b_contract": .integer.orNull,
        "possible_variant_sets": .ifPresent(.array(.variantSet)),
    ])

    private static let programPage = JSONShape.object([
        "feature_image_src": .string.orNull,
        "page_url": .string,
        "financial_assistance_form_url": .string,
        "description": .string,
        "live": .boolean,
        "include_in_learn_catalog": .boolean.orNull,
        "length": .string,
        "effort": .string.orNull,
        "price": .string.orNull,
        "list_price": .price.orNull,
    ])

    private static let programReference = JSONShape.object([
        "title": .string, "readable_id": .string, "id": .integer, "type": .string, "display_mode": .string.orNull,
    ])

    private static let requirements = JSONShape.object([
        "required": .array(.object(["id": .integer, "readable_id": .string])),
        "electives": .array(.object(["id": .integer, "readable_id": .string])),
    ])

    /// A node and the nodes below it, down to `levels`; what stands still deeper need only be JSON.
    private static func requirementNode(levels: Int) -> JSONShape {
        .object([
            "data": .object([
                "node_type": .string.orNull,
                "operator": .string.orNull,
                "operator_value": .string.orNull,
                "program": .integer.orNull,
                "course": .integer.orNull,
                "required_program": .integer.orNull,
                "title": .string.orNull,
                "elective_flag": .boolean.orNull,
            ]),
            "id": .integer,
            "children": .ifPresent(.array(levels > 1 ? .requirementNode(levels: levels - 1) : .anything)),
        ])
    }

    private static let enrollmentMode = JSONShape.object([
        "mode_slug": .string, "mode_display_name": .string, "requires_payment": .boolean,
    ])

    private static let product = JSONShape.object([
        "id": .integer, "price": .string, "description": .string, "is_active": .boolean,
    ])

    private static let variantSet = JSONShape.object([
        "language": .string,
        "variant_length": .string,
        "variant_industry": .string,
        "active": .boolean,
        "b2b_only": .boolean,
        "default_variant": .boolean,
    ])
}
