import Bytes

/// Grades (`spec/openedx.md` §3.14).
extension LMSState {
    func grades(_ request: LMSRequest) -> LMSReply {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        guard isServiceWorkerStaff else { return .json(.members(["detail": .string("No permission.")]), status: 403) }
        let run = String(request.path.dropFirst("/api/grades/v1/courses/".count).dropLast())
        guard courses[run] != nil else { return LMSState.noGrades("course_does_not_exist") }
        if let username = request.parameter("username") { return grade(of: username, in: run) }
        let book = gradeBooks[run] ?? activeGrades(in: run)
        let size = min(100, request.parameter("page_size").flatMap { Int($0) } ?? 50)
        let start = request.parameter("cursor").flatMap { Int($0.dropFirst(2).dropLast(2)) } ?? 0
        let end = gradesAreBare ? book.count : min(start + size, book.count)
        let entries = (start..<max(start, end)).map { index in
            let (username, grade) = book.entry(index)
            return grade.entry(of: username, in: run)
        }
        if gradesAreBare { return .json(.array(entries)) }
        var next = JSONValue.null
        if end < book.count {
            let base = pagingOrigin ?? "http://" + origin.drop { $0 != ":" }.dropFirst(3)
            // A cursor of the LMS is base64: it is encoded in the address.
            next = .string("\(base)\(request.path)?cursor=p%2F\(end)%2B%3D&page_size=\(size)")
        }
        return .json(.members(["next": next, "previous": .null, "results": .array(entries)]))
    }

    private func grade(of username: String, in run: String) -> LMSReply {
        guard let user = user(username), let place = index(user.username, run), enrollments[place].isActive else {
            return LMSState.noGrades("user_not_enrolled")
        }
        return .json(.array([(grades[run]?[user.username] ?? .zero).entry(of: user.username, in: run)]))
    }

    /// The learners who are in the course, in the order of their enrollment.
    private func activeGrades(in run: String) -> LMSGradeBook {
        let names = enrollments.filter { $0.run == run && $0.isActive }.map(\.username)
        let known = grades[run] ?? [:]
        return LMSGradeBook(count: names.count) { index in
            (username: names[index], grade: known[names[index]] ?? .zero)
        }
    }

    private static func noGrades(_ code: String) -> LMSReply {
        .json(
            .members(["error_code": .string(code), "developer_message": .string("No grades to be had.")]), status: 404)
    }
}

extension FakeLMS {
    /// Enrolls a learner without an effect, and gives a grade.
    public func grade(_ username: String, in run: String, _ grade: LMSGrade, mode: String = "verified") {
        if enrollment(of: username, in: run) == nil {
            add(LMSEnrollment(run: run, username: username, mode: mode))
        }
        update { $0.grades[run, default: [:]][username] = grade }
    }
}
