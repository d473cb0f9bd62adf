import HTTP

extension OpenEdXClient {
    /// How many names the LMS takes in one call.
    static let namesPerCall = 100
    /// More pages than a hundred names can have mean a cursor that leads nowhere.
    static let pagesPerCall = 100

    /// The enrollments that the learners have in a run, active or not (§3.10); learners without one are not among them.
    ///
    /// More than 100 names take several calls; no name takes none. The LMS answers with the usernames in its own letter
    /// case and does not tell letter cases apart.
    ///
    /// - Throws: ``ServiceError`` with status 400 when one of the names is none for the LMS: ask for each alone then.
    public func enrollments(in run: String, of usernames: [String]) async throws(ServiceError) -> [OpenEdXEnrollment] {
        var found: [OpenEdXEnrollment] = []
        var rest = usernames[...]
        while !rest.isEmpty {
            found += try await enrollmentPages(run, rest.prefix(OpenEdXClient.namesPerCall))
            rest = rest.dropFirst(OpenEdXClient.namesPerCall)
        }
        return found
    }

    private func enrollmentPages(
        _ run: String, _ usernames: ArraySlice<String>
    ) async throws(ServiceError) -> [OpenEdXEnrollment] {
        let call = OpenEdXCall.enrollmentList
        // The LMS would take it for two names, and one of them may be somebody else's.
        guard !usernames.contains(where: { $0.utf8.contains(UInt8(ascii: ",")) }) else {
            throw ServiceError(
                OpenEdXClient.service, call.name, .permanent, mayHaveHappened: false, status: 400,
                detail: "a username with a comma, not sent")
        }
        let names = [(name: "username", value: usernames.joined(separator: ","))]
        var found: [OpenEdXEnrollment] = []
        var cursor: String?
        for _ in 0..<OpenEdXClient.pagesPerCall {
            let page = try await enrollmentPage(run, names, cursor)
            found += page.enrollments
            guard let next = page.next else { return found }
            cursor = next
        }
        throw call.error("the list does not end")
    }

    /// A page of all enrollments in a run, active or not, a hundred at most (§3.10).
    ///
    /// - Parameter cursor: that of the page before; nil for the first.
    /// - Returns: the enrollments, and the cursor of the next page, nil after the last.
    /// - Throws: ``ServiceError``.
    public func allEnrollments(
        in run: String, after cursor: String? = nil
    ) async throws(ServiceError) -> (enrollments: [OpenEdXEnrollment], next: String?) {
        try await enrollmentPage(run, [], cursor)
    }

    private func enrollmentPage(
        _ run: String, _ names: [(name: String, value: String)], _ cursor: String?
    ) async throws(ServiceError) -> (enrollments: [OpenEdXEnrollment], next: String?) {
        let call = OpenEdXCall.enrollmentList
        var request = request(
            call, .get, "/api/enrollment/v1/enrollments",
            query: [(name: "course_id", value: run)] + names + (cursor.map { [("cursor", $0)] } ?? []))
        request.headers = [try serviceWorker(call)]
        let page = try document(try await followed(request, call), call)
        guard let results = page["results"]?.array else { throw call.error("the page has no results") }
        var enrollments: [OpenEdXEnrollment] = []
        for result in results {
            guard let enrollment = OpenEdXEnrollment(result) else { throw call.error("a result is not an enrollment") }
            enrollments.append(enrollment)
        }
        guard let next = page["next"]?.string, !next.isEmpty else { return (enrollments, nil) }
        guard let nextCursor = FormDecoding.value(of: "cursor", inQueryOf: next), nextCursor != cursor else {
            throw call.error("the next page has no cursor of its own")
        }
        return (enrollments, nextCursor)
    }

    /// Enrolls a learner, or changes the mode of an enrollment (§3.12), and returns what is active then.
    ///
    /// The same call is sent once more when the enrollment was inactive with another mode, since the LMS only changes
    /// the mode then.
    ///
    /// - Throws: ``ServiceError``; with status 406 when the LMS has no such learner. It is temporary when the
    ///   enrollment is still inactive after the second call.
    public func enroll(_ username: String, in run: String, mode: String) async throws(ServiceError) -> OpenEdXEnrollment
    {
        let call = OpenEdXCall.enroll
        var request = request(call, .post, "/api/enrollment/v1/enrollment")
        request.headers = [try serviceWorker(call)]
        request.setJSON { body in
            body.member("mode", mode)
            body.object("course_details") { $0.member("course_id", run) }
            body.member("user", username)
            body.member("force_enrollment", true)
        }
        request.isIdempotent = true
        let first = try await enrollment(request, call)
        if first.isActive { return first }
        do {
            let second = try await enrollment(request, call)
            if second.isActive { return second }
        } catch {
            // The first call has changed the mode, whatever became of the second.
            throw ServiceError(
                error.service, error.call, error.disposition, mayHaveHappened: true, status: error.status,
                detail: error.detail)
        }
        throw call.error("the enrollment is still inactive after the second call")
    }

    /// Ends an active enrollment (§3.13).
    ///
    /// To be sent only when the enrollment is believed active; when unsure, ask for the list first: for an enrollment
    /// that is inactive or absent the LMS would make an inactive record, or refuse.
    public func deactivate(_ username: String, in run: String) async throws(ServiceError) {
        let call = OpenEdXCall.deactivate
        var request = request(call, .post, "/api/enrollment/v1/enrollment")
        request.headers = [try serviceWorker(call)]
        request.setJSON { body in
            body.object("course_details") { $0.member("course_id", run) }
            body.member("is_active", false)
            body.member("user", username)
        }
        guard try await !enrollment(request, call).isActive else {
            throw call.error("the enrollment is still active after the call")
        }
    }

    private func enrollment(_ request: Request, _ call: OpenEdXCall) async throws(ServiceError) -> OpenEdXEnrollment {
        let answer = try document(try await send(request, call), call)
        guard let enrollment = OpenEdXEnrollment(answer) else { throw call.error("the answer is not an enrollment") }
        return enrollment
    }
}
