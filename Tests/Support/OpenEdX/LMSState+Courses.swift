import Bytes

/// Courses and their modes (`spec/openedx.md` §3.15 to §3.17).
extension LMSState {
    mutating func courseList(_ request: LMSRequest) -> LMSReply {
        if let refusal = refusal(ofViewer: request) { return refusal }
        let keys = request.query.filter { $0.name == "course_keys" }.map(\.value)
        guard keys.allSatisfy(LMSState.isRunKey) else {
            return .json(.members(["field_errors": .members(["course_keys": .string("Invalid.")])]), status: 400)
        }
        let found = keys.sorted().compactMap { key in courses[key].flatMap { $0.facts.isHidden ? nil : $0 } }
        let size = min(request.parameter("page_size").flatMap(Int.init) ?? 10, coursePageSize)
        let page = request.parameter("page").flatMap(Int.init) ?? 1
        let pages = max(1, (found.count + size - 1) / size)
        guard (1...pages).contains(page) else {
            return .json(.members(["detail": .string("Invalid page.")]), status: 404)
        }
        let results = found.dropFirst((page - 1) * size).prefix(size)
        // The address is one that no client can reach: only whether it is there may count.
        let next =
            page < pages ? JSONValue.string("http://lms.internal/api/courses/v1/courses/?page=\(page + 1)") : .null
        return .json(
            .members([
                "results": .array(results.map { $0.facts.document($0.key) }),
                "pagination": .members([
                    "next": next, "previous": .null, "count": .number("\(found.count)"),
                    "num_pages": .number("\(pages)"),
                ]),
            ]))
    }

    mutating func course(_ request: LMSRequest) -> LMSReply {
        if let refusal = refusal(ofViewer: request) { return refusal }
        let key = request.path.dropFirst("/api/courses/v1/courses/".count).dropLast()
        guard let course = courses[String(key)], !course.facts.isHidden else { return LMSState.notFound }
        return .json(course.facts.document(course.key))
    }

    mutating func courseModes(_ request: LMSRequest) -> LMSReply {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        let parts = request.path.dropFirst("/api/course_modes/v1/courses/".count)
            .split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let key = parts.first, let course = courses[key] else { return LMSState.notFound }
        let slug = parts.count > 1 ? parts[1] : nil
        switch (request.method, slug) {
        case ("GET", nil):
            return .json(.array(course.modes.sorted().map { course.mode($0).document($0, of: key) }))
        case ("GET", let slug?) where course.modes.contains(slug):
            return .json(course.mode(slug).document(slug, of: key))
        case ("POST", ""):
            return createMode(request, course)
        case ("PATCH", let slug?) where course.modes.contains(slug):
            guard request["content-type"] == "application/merge-patch+json", let body = request.json else {
                return LMSReply(415)
            }
            courses[key]?.modeDetails[slug] = course.mode(slug).merged(with: body)
            effects.append(.courseModeChanged(slug, run: key))
            return LMSReply(204)
        case ("DELETE", let slug?) where course.modes.contains(slug):
            courses[key]?.modes.remove(slug)
            effects.append(.courseModeDeleted(slug, run: key))
            return LMSReply(204)
        default:
            return LMSState.notFound
        }
    }

    private mutating func createMode(_ request: LMSRequest, _ course: LMSCourse) -> LMSReply {
        guard let body = request.json, body["course_id"]?.string == course.key, let slug = body["mode_slug"]?.string,
            body["mode_display_name"]?.string != nil, body["currency"]?.string == "USD",
            let price = body["min_price"]?.int, !course.modes.contains(slug)
        else { return LMSState.refusal("The mode is not valid.") }
        courses[course.key]?.modes.insert(slug)
        courses[course.key]?.modeDetails[slug] = LMSMode("").merged(with: body)
        effects.append(.courseModeCreated(slug, run: course.key, price: price))
        return .json(course.mode(slug).merged(with: body).document(slug, of: course.key), status: 201)
    }

    private func refusal(ofViewer request: LMSRequest) -> LMSReply? {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        guard let viewer = request.parameter("username") else { return nil }
        if courseViewers.contains(viewer) { return nil }
        return user(viewer) == nil
            ? LMSState.notFound : .json(.members(["detail": .string("No permission.")]), status: 403)
    }

    /// The answer to a thing that is not there.
    static var notFound: LMSReply { .json(.members(["detail": .string("Not found.")]), status: 404) }

    /// The outline of a course, as the plug-in tells it.
    func courseOutline(_ request: LMSRequest) -> LMSReply {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        let key = request.path.dropFirst("/api/ol-course-outline/v0/".count).dropLast()
            .replacing("%3A", with: ":").replacing("%2B", with: "+")
        guard courses[String(key)] != nil, !request.path.contains("+") else { return LMSState.notFound }
        return .json(.members(["course_id": .string(String(key)), "modules": .array([])]))
    }
}

extension LMSCourse {
    /// The mode of that slug.
    func mode(_ slug: String) -> LMSMode {
        modeDetails[slug]
            ?? LMSMode(slug.prefix(1).uppercased() + slug.dropFirst(), minimalPrice: slug == "audit" ? 0 : 10)
    }
}

extension LMSMode {
    /// The mode with what the document says.
    func merged(with body: JSONValue) -> LMSMode {
        var copy = self
        if let name = body["mode_display_name"]?.string { copy.displayName = name }
        if let price = body["min_price"]?.int { copy.minimalPrice = price }
        if let expiration = body["expiration_datetime"] { copy.expiration = expiration.string }
        if let description = body["description"] { copy.description = description.string }
        return copy
    }
}
