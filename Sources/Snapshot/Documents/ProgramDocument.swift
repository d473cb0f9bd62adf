import Bytes
import Catalog
import Markup

/// A program as JSON (`spec/catalog.md` §6.5). Only single documents name the programs above it, so their place is left open.
struct ProgramDocument {
    /// As lists show it.
    let listed: Fragment
    /// As a document of its own, with the programs above.
    let detail: Fragment
    /// Without its products, as pages show it.
    let pageDetails: [ArraySlice<UInt8>]

    /// - Parameters:
    ///   - bytes: the object with `null` for the programs above.
    ///   - parentsRange: where that `null` stands.
    ///   - detailsEnd: where the members before `products` end; the object closes there in `program_details`.
    ///   - parents: the array of the programs above.
    fileprivate init(_ bytes: [UInt8], parentsRange: Range<Int>, detailsEnd: Int, parents: [UInt8]) {
        listed = Fragment(bytes)
        detail = Fragment([bytes[..<parentsRange.lowerBound], parents[...], bytes[parentsRange.upperBound...]])
        pageDetails = [bytes[..<detailsEnd], Fixed.closingBrace]
    }
}

extension RenderContext {
    /// Encodes `program`; `parents` are the programs above it, `collections` the ids of those that list it.
    mutating func document(of program: Program, parents: [Program], collections: [Int]) -> ProgramDocument {
        var buffer = documentBuffer()
        var parentsRange = 0..<0
        var detailsEnd = 0
        let requirements = program.requirements
        buffer.object { object in
            object.member("title", title(of: program))
            object.member("readable_id", program.readableID)
            object.member("id", program.id)
            let liveCourses = requirements.classifiedCourseIDs.filter { catalog.course($0)?.live == true }
            object.array("courses", liveCourses) { $0.append($1) }
            object.array("collections", collections) { $0.append($1) }
            object.key("programs")
            let start = object.buffer.count
            object.buffer.append("null")
            parentsRange = start..<object.buffer.count
            object.object("requirements") { groups in
                groups.object("courses") { write(requirements.courses, into: &$0) { catalog.course($0)?.readableID } }
                groups.object("programs") {
                    write(requirements.programs, into: &$0) { catalog.program($0)?.readableID }
                }
            }
            object.array("req_tree", requirements.branches) { $0.append($1) }
            object.key("page")
            writeCatalogPage(of: program, into: &object.buffer)
            writeFacts(of: program, into: &object)
            detailsEnd = object.buffer.count
            object.objects("products", [program.product].compactMap(\.self)) { $0.write($1) }
        }
        var parentList = ByteBuffer()
        parentList.array(parents) { $0.appendSummary(of: $1, title: title(of: $1)) }
        return ProgramDocument(
            keep(buffer), parentsRange: parentsRange, detailsEnd: detailsEnd, parents: parentList.fittedBytes)
    }

    private func write(
        _ classification: RequirementTree.Classification, into object: inout JSONObjectWriter,
        readableID: (Int) -> String?
    ) {
        func write(_ id: Int, into entry: inout JSONObjectWriter) {
            entry.member("id", id)
            entry.member("readable_id", readableID(id))
        }
        object.objects("required", classification.required) { write($1, into: &$0) }
        object.objects("electives", classification.electives) { write($1, into: &$0) }
    }

    private mutating func writeCatalogPage(of program: Program, into buffer: inout ByteBuffer) {
        guard let page = program.page else { return buffer.append("null") }
        let form = catalog.financialAid.form(forProgram: program) { catalog.parent(of: $0) }
        let formURL = url(of: form)
        buffer.object { object in
            object.member("feature_image_src", source(of: page.featureImage))
            object.member("page_url", "\(settings.learnBaseURL)/programs/\(program.readableID)")
            object.member("financial_assistance_form_url", formURL)
            object.member("description", TagStripper.escapedText(of: page.description ?? ""))
            object.member("live", page.page.live)
            object.member("include_in_learn_catalog", page.includeInLearnCatalog)
            object.member("length", page.length)
            object.member("effort", page.effort)
            object.member("price", page.price.array?.first?["value"]?["text"]?.string)
            object.memberNumber("list_price", page.listPrice ?? program.product?.price)
        }
    }

    private func writeFacts(of program: Program, into object: inout JSONObjectWriter) {
        let page = program.page
        object.member("program_type", program.programType)
        object.member("certificate_type", program.certificateType)
        object.member("certificate_available", program.enrollmentModes.contains(where: \.requiresPayment))
        object.objects("departments", program.departments) { $0.member("name", $1.name) }
        object.member("live", program.live)
        object.member("display_mode", program.displayMode)
        object.objects("topics", topicNames(of: program)) { $0.member("name", $1) }
        object.member("availability", program.availability)
        object.member("start_date", nextStart(of: program) ?? program.start)
        object.member("end_date", program.end)
        object.member("enrollment_start", program.enrollmentStart)
        object.member("enrollment_end", program.enrollmentEnd)
        object.member("required_prerequisites", page?.requiresPrerequisites ?? false)
        object.member("duration", page?.length)
        object.member("min_weeks", page?.minWeeks)
        object.member("max_weeks", page?.maxWeeks)
        object.memberNumber("min_price", page?.minPrice)
        object.memberNumber("max_price", page?.maxPrice)
        object.member("time_commitment", page?.effort)
        object.member("min_weekly_hours", page?.minWeeklyHours)
        object.member("max_weekly_hours", page?.maxWeeklyHours)
        object.objects("enrollment_modes", program.enrollmentModes) { $0.write($1) }
    }

    /// The first start that lies ahead among the runs of the courses in the program's tree; organisations' runs count only
    /// in `strict` [D3].
    func nextStart(of program: Program) -> Timestamp? {
        Set(program.requirements.namedCourseIDs).lazy
            .compactMap { catalog.course($0) }
            .flatMap(\.runs)
            .filter { $0.live && !$0.isSource && (isStrict || !$0.isB2B) }
            .compactMap(\.start)
            .filter { $0 > now }
            .min()
    }
}

extension ByteBuffer {
    /// A node of `req_tree` (§7.6): a leaf has no key `children`.
    mutating func append(_ branch: RequirementTree.Branch) {
        let node = branch.node
        object { object in
            object.object("data") { data in
                data.member("node_type", node.nodeType)
                data.member("operator", node.operation)
                data.member("operator_value", node.operatorValue)
                data.member("program", node.programID)
                data.member("course", node.courseID)
                data.member("required_program", node.requiredProgramID)
                data.member("title", node.title)
                data.member("elective_flag", node.electiveFlag)
            }
            object.member("id", node.id)
            if !branch.children.isEmpty {
                object.array("children", branch.children) { $0.append($1) }
            }
        }
    }
}
