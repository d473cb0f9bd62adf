import Catalog

extension SnapshotRenderer {
    /// Puts courses and programs in order and takes out those that MIT Learn could not load, which would stop its whole run;
    /// `strict` only warns.
    mutating func chooseProducts() {
        var contract = LearnContract()
        courses = context.inTitleOrder(context.catalog.courses, id: \.id, title: context.title).filter { course in
            accept(
                contract.problem(with: course, title: context.title(of: course)), .course(course.id), "courses_course",
                course.id)
        }
        context.leftOutCourses = Set(context.catalog.courses.map(\.id)).subtracting(courses.map(\.id))
        programs = context.inTitleOrder(context.catalog.programs, id: \.id, title: context.title).filter { program in
            guard program.live, !program.b2bOnly else { return false }
            let problem = contract.problem(with: program, title: context.title(of: program))
            let isAccepted = accept(problem, .program(program.id), "courses_program", program.id)
            if !isAccepted { context.leftOutPrograms.insert(program.id) }
            return isAccepted
        }
        context.warnAboutCourses()
        context.warnAboutPrograms()
        context.warnAboutDepartments()
    }

    private mutating func accept(
        _ problem: String?, _ subject: Finding.Subject, _ table: String, _ id: Int
    ) -> Bool {
        guard let problem else { return true }
        context.learnProblems[subject] = problem
        let outcome = context.isStrict ? "would stop" : "is left out since it would stop"
        context.warnings.add(
            "learn-invalid", table, id,
            "MIT Learn cannot load it and it \(outcome) the whole load: \(problem); mend it.")
        return context.isStrict
    }

    /// Renders all courses, a number of them at a time on each core. The numbers are fixed, so that what is warned of comes in
    /// one order on whatever machine.
    mutating func renderCourses() async {
        let (courses, context) = (courses, context)
        let starts = stride(from: 0, to: courses.count, by: Self.coursesAtATime)
        renderedCourses = await withTaskGroup(of: (Int, [CourseRendering], WarningList).self) { group in
            for start in starts {
                group.addTask {
                    // The warnings so far are kept by the renderer; each task adds its own.
                    var own = context
                    own.warnings = WarningList()
                    let chunk = courses[start..<min(start + Self.coursesAtATime, courses.count)]
                    let renderings = chunk.map { own.rendering(of: $0) }
                    return (start, renderings, own.warnings)
                }
            }
            let chunks = await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
            for chunk in chunks { self.context.warnings.add(chunk.2) }
            return chunks.flatMap(\.1)
        }
    }

    private static let coursesAtATime = 128

    /// The documents of live courses that everybody may read (`spec/catalog.md` §6.2).
    mutating func fileCourses() {
        for rendering in renderedCourses {
            guard let document = rendering.document, let listed = rendering.listed else { continue }
            fileDetails(of: rendering.course, document: document, listed: listed)
        }
        publicArtifacts += list("api/v2/courses").artifacts(of: renderedCourses.compactMap(\.listed))
        publicArtifacts += list("api/v2/courses/q/enrollable")
            .artifacts(of: renderedCourses.compactMap(\.enrollable), withIndex: false)
    }

    /// The documents of all courses for MIT Learn's ETL (§6.4).
    mutating func fileInternalCourses() {
        let path = "api/internal/courses"
        for rendering in renderedCourses {
            internalArtifacts.append(
                Artifact(
                    path: "\(Self.internalRoot)/\(path)/\(rendering.course.id)/index.json",
                    body: ArtifactBody(rendering.internalDocument)))
        }
        internalArtifacts += list(path, root: Self.internalRoot).artifacts(of: renderedCourses.map(\.internalListed))
    }

    private mutating func fileDetails(of course: Course, document: Fragment, listed: Fragment) {
        let folder = "\(Self.publicRoot)/api/v2/courses"
        add("\(folder)/\(course.id)/index.json", document)
        guard canNameFolder(course.readableID, table: "courses_course", id: course.id) else { return }
        add("\(folder)/\(course.readableID)/index.json", document)
        publicArtifacts.append(
            Artifact(path: "\(folder)/q/\(course.readableID)/index.json", body: .single(listed)))
    }
}
