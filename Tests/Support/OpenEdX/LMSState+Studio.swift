import Bytes

/// Studio (`spec/openedx.md` §3.18).
extension LMSState {
    mutating func studio(_ request: LMSRequest) -> LMSReply {
        guard let token = request["authorization"], token.hasPrefix("jwt "),
            clientTokens.contains(String(token.dropFirst(4)))
        else { return LMSState.unauthorized }
        let rest = String(request.path.dropFirst("/api/v1/course_runs/".count))
        switch (request.method, rest) {
        case ("GET", ""): return studioList(request)
        case ("GET", _):
            let key = String(rest.dropLast())
            guard let run = studioRuns[key] else { return LMSState.notFound }
            return .json(run.document(key))
        case ("POST", "clone/"): return cloneRun(request)
        case ("POST", ""): return createRun(request)
        case ("PUT", _): return changeRun(request, rest)
        default: return LMSReply(405)
        }
    }

    private func studioList(_ request: LMSRequest) -> LMSReply {
        let page = request.parameter("page").flatMap(Int.init) ?? 1
        let keys = studioRuns.keys.sorted()
        let shown = keys.dropFirst((page - 1) * pageSize).prefix(pageSize)
        let isLast = page * pageSize >= keys.count
        return .json(
            .members([
                "results": .array(shown.map { (studioRuns[$0] ?? LMSStudioRun("")).document($0) }),
                "next": isLast ? .null : .string("http://studio.internal/api/v1/course_runs/?page=\(page + 1)"),
                "count": .number("\(keys.count)"),
            ]))
    }

    private mutating func cloneRun(_ request: LMSRequest) -> LMSReply {
        guard let base = request.json?["source_course_id"]?.string, let from = studioRuns[base],
            let target = request.json?["destination_course_id"]?.string, LMSState.isRunKey(target),
            studioRuns[target] == nil
        else { return LMSState.refusal("The run cannot be cloned.") }
        studioRuns[target] = from
        if courses[target] == nil {
            var course = LMSCourse(target)
            course.modes = ["audit"]
            courses[target] = course
        }
        effects.append(.courseCloned(base, to: target))
        return .json((studioRuns[target] ?? from).document(target), status: 201)
    }

    private mutating func createRun(_ request: LMSRequest) -> LMSReply {
        guard let body = request.json, let org = body["org"]?.string, let number = body["number"]?.string,
            let run = body["run"]?.string, let title = body["title"]?.string
        else { return LMSState.refusal("The run is not valid.") }
        let key = "course-v1:\(org)+\(number)+\(run)"
        guard studioRuns[key] == nil else { return LMSState.refusal("The run is there.") }
        studioRuns[key] = LMSStudioRun(title).merged(with: body)
        courses[key] = LMSCourse(key)
        return .json((studioRuns[key] ?? LMSStudioRun(title)).document(key), status: 201)
    }

    private mutating func changeRun(_ request: LMSRequest, _ rest: String) -> LMSReply {
        let key = String(rest.drop { $0 == "/" }.dropLast())
        guard !takesOnlyDoubleSlash || rest.hasPrefix("/"), let run = studioRuns[key], let body = request.json else {
            return LMSState.notFound
        }
        if let schedule = body["schedule"], schedule["start"]?.string == nil || schedule["end"]?.string == nil {
            return LMSState.refusal("The schedule is not complete.")
        }
        let changed = run.merged(with: body)
        if changed != run { effects.append(.courseRunChanged(key)) }
        studioRuns[key] = changed
        return .json(changed.document(key))
    }
}

extension LMSStudioRun {
    fileprivate func document(_ key: String) -> JSONValue {
        .members(["id": .string(key), "title": .string(title), "pacing_type": .string(pacing)])
    }

    fileprivate func merged(with body: JSONValue) -> LMSStudioRun {
        var copy = self
        if let title = body["title"]?.string { copy.title = title }
        if let pacing = body["pacing_type"]?.string { copy.pacing = pacing }
        for name in ["start", "end", "enrollment_start", "enrollment_end"] {
            if let instant = body["schedule"]?[name]?.string { copy.schedule[name] = instant }
        }
        return copy
    }
}
