import Bytes
import Catalog

extension SnapshotRenderer {
    /// The documents of programs (`spec/catalog.md` §6.5).
    mutating func renderPrograms() {
        let parents = parentsByProgram()
        collectionIDs = context.collectionIDsByProgram()
        var listed: [Fragment] = []
        var withLivePage: [Fragment] = []
        for program in programs {
            let document = context.document(
                of: program, parents: parents[program.id] ?? [], collections: collectionIDs[program.id] ?? [])
            programDocuments[program.id] = document
            listed.append(document.listed)
            if program.isShown { withLivePage.append(document.listed) }
            renderDetails(of: program, document: document)
        }
        publicArtifacts += list("api/v2/programs").artifacts(of: listed)
        publicArtifacts += list("api/v2/programs/q/page-live").artifacts(of: withLivePage, withIndex: false)
    }

    private mutating func renderDetails(of program: Program, document: ProgramDocument) {
        let folder = "\(Self.publicRoot)/api/v2/programs"
        add("\(folder)/\(program.id)/index.json", document.detail)
        guard canNameFolder(program.readableID, table: "courses_program", id: program.id) else { return }
        add("\(folder)/\(program.readableID)/index.json", document.detail)
        publicArtifacts.append(
            Artifact(path: "\(folder)/q/\(program.readableID)/index.json", body: .single(document.detail)))
    }

    /// The shown programs above each program, in the order of the nodes that name it (§6.5, row 6).
    private func parentsByProgram() -> [Int: [Program]] {
        var nodes: [(path: ByteKey, required: Int, owner: Program)] = []
        for program in context.catalog.programs
        where program.isShown && !program.b2bOnly && !context.leftOutPrograms.contains(program.id) {
            for node in program.requirements.programNodes {
                guard let required = node.requiredProgramID else { continue }
                nodes.append((ByteKey(node.path), required, program))
            }
        }
        nodes.sort { $0.path < $1.path }
        return Dictionary(grouping: nodes, by: \.required).mapValues { $0.map(\.owner) }
    }

    /// The documents of departments (§6.6).
    mutating func renderDepartments() {
        let documents = context.departmentDocuments()
        let folder = "\(Self.publicRoot)/api/v2/departments"
        let ordered = context.inTitleOrder(context.catalog.departments, id: \.id, title: \.name)
            .compactMap { department in documents[department.id].map { (department.id, Fragment($0)) } }
        for (id, document) in ordered { add("\(folder)/\(id)/index.json", document) }
        publicArtifacts.append(
            Artifact(path: "\(folder)/index.json", body: .array(ordered.map(\.1))))
    }

    /// The documents of program collections (§6.7).
    mutating func renderCollections() {
        let collections = context.inTitleOrder(
            context.catalog.collections.filter(context.isShown), id: \.page.id, title: \.page.title)
        collectionCount = collections.count
        let documents = collections.map { collection -> Fragment in
            let document = Fragment(context.document(of: collection))
            add("\(Self.publicRoot)/api/v2/program-collections/\(collection.page.id)/index.json", document)
            return document
        }
        publicArtifacts += list("api/v2/program-collections").artifacts(of: documents)
    }

    /// The documents of instructors and topics (§6.9, §6.10).
    mutating func renderInstructorsAndTopics() {
        let documents = context.shownInstructors().map { instructor -> Fragment in
            let document = context.document(of: instructor)
            add("\(Self.publicRoot)/api/instructor/\(instructor.page.id)/index.json", document)
            return document
        }
        publicArtifacts += list("api/v2/instructors").artifacts(of: documents)
        add("\(Self.publicRoot)/api/v2/topics/index.json", Fragment(context.topicsDocument()))
    }
}
