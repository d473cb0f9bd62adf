import Catalog

extension SnapshotRenderer {
    /// Puts courses and programs in order and takes out those that MIT Learn could not load, which would stop its whole run;
    /// `strict` only warns.
    mutating func chooseProducts() {
        var contract = LearnContract()
        courses = context.inTitleOrder(context.catalog.courses, id: \.id, title: context.title).filter { course in
            accept(contract.problem(with: course, title: context.title(of: course)), "courses_course", course.id)
        }
        context.leftOutCourses = Set(context.catalog.courses.map(\.id)).subtracting(courses.map(\.id))
        programs = context.inTitleOrder(context.catalog.programs, id: \.id, title: context.title).filter { program in
            guard program.live, !program.b2bOnly else { return false }
            let problem = contract.problem(with: program, title: context.title(of: program))
            let isAccepted = accept(problem, "courses_program", program.id)
            if !isAccepted { context.leftOutPrograms.insert(program.id) }
            return isAccepted
        }
        context.warnAboutCourses()
        context.warnAboutPrograms()
        context.warnAboutDepartments()
    }

    private mutating func accept(_ problem: String?, _ table: String, _ id: Int) -> Bool {
        guard let problem else { return true }
        let outcome = context.isStrict ? "would stop" : "is left out since it would stop"
        context.warnings.add(
            "learn-invalid", table, id,
            "MIT Learn cannot load it and it \(outcome) the whole load: \(problem); mend it.")
        return context.isStrict
    }

    /// The documents of live courses that everybody may read (`spec/catalog.md` §6.2).
    mutating func renderCourses() {
        var listed: [[ArtifactBody.Piece]] = []
        var enrollable: [[ArtifactBody.Piece]] = []
        for course in courses where course.live {
            let document = context.document(
                of: course, for: .everyone, departments: course.departments, runs: course.publicRuns.onePerTag)
            courseDocuments[course.id] = document
            let inList = pieces(of: document, inListOf: course, for: .everyone)
            listed.append(inList)
            if context.isInCatalog(course) { enrollable.append(openOnly(course, document)) }
            renderDetails(of: course, document: document, inList: inList)
        }
        artifacts += list("api/v2/courses").artifacts(of: listed)
        artifacts += list("api/v2/courses/q/enrollable").artifacts(of: enrollable, withIndex: false)
    }

    /// The documents of all courses for MIT Learn's ETL (§6.4).
    mutating func renderInternalCourses() {
        let listed = courses.map { course -> [ArtifactBody.Piece] in
            let document = context.document(of: course, for: .etl, departments: course.departments, runs: course.runs)
            add("\(Self.internalRoot)/api/internal/courses/\(course.id)/index.json", document.pieces)
            return pieces(of: document, inListOf: course, for: .etl)
        }
        artifacts += list("api/internal/courses", root: Self.internalRoot).artifacts(of: listed)
    }

    private mutating func renderDetails(
        of course: Course, document: CourseDocument, inList: [ArtifactBody.Piece]
    ) {
        let folder = "\(Self.publicRoot)/api/v2/courses"
        add("\(folder)/\(course.id)/index.json", document.pieces)
        guard canNameFolder(course.readableID, table: "courses_course", id: course.id) else { return }
        add("\(folder)/\(course.readableID)/index.json", document.pieces)
        artifacts.append(
            Artifact(path: "\(folder)/q/\(course.readableID)/index.json", body: .single(inList)))
    }

    /// The document as lists show it: the same, but that in `strict` departments come in the order in which they were attached
    /// (§6.1).
    private mutating func pieces(
        of document: CourseDocument, inListOf course: Course, for audience: Audience
    ) -> [ArtifactBody.Piece] {
        guard context.isStrict, course.departments != course.departmentsAsAttached else { return document.pieces }
        return context.document(
            of: course, for: audience, departments: course.departmentsAsAttached, runs: document.runs.map(\.run)
        ).pieces
    }

    /// The document with open runs alone, one a tag. An open run may stand for its tag here although a closed one does so in
    /// the document.
    private mutating func openOnly(_ course: Course, _ document: CourseDocument) -> [ArtifactBody.Piece] {
        let open = course.publicRuns.filter { $0.isOpen(at: context.now) }.onePerTag
        let runs = open.map { run in
            if let known = document.runs.first(where: { $0.run.id == run.id }) { return document.bytes[known.range] }
            return context.encoded(run, of: course)
        }
        guard context.isStrict, course.departments != course.departmentsAsAttached else {
            return document.pieces(withRuns: runs)
        }
        return context.document(
            of: course, for: .everyone, departments: course.departmentsAsAttached, runs: open
        ).pieces
    }
}
