import Bytes

/// The enrollment API (`spec/openedx.md` §3.10, §3.12 and §3.13).
extension LMSState {
    /// The place of an enrollment.
    func index(_ username: String, _ run: String) -> Int? {
        enrollments.firstIndex { $0.run == run && $0.username.lowercased() == username.lowercased() }
    }

    func enrollmentList(_ request: LMSRequest) -> LMSReply {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        guard isServiceWorkerStaff else { return .json(.members(["detail": .string("No permission.")]), status: 403) }
        let names = (request.parameter("username") ?? "").split(separator: ",").map(String.init)
        guard names.count <= 100, names.allSatisfy(LMSState.isUsername), let run = request.parameter("course_id"),
            LMSState.isRunKey(run)
        else {
            return .json(
                .members(["field_errors": .members(["username": .string("Enter valid usernames.")])]), status: 400)
        }
        let wanted = Set(names.map { $0.lowercased() })
        let found = enrollments.filter {
            $0.run == run && (wanted.isEmpty || wanted.contains($0.username.lowercased()))
        }
        let start = request.parameter("cursor").flatMap { Int($0.dropFirst(2).dropLast(2)) } ?? 0
        let page = found.dropFirst(start).prefix(pageSize)
        var next = JSONValue.null
        if start + page.count < found.count {
            let base = pagingOrigin ?? "http://" + origin.drop { $0 != ":" }.dropFirst(3)
            // A cursor of the LMS is base64: it has to be decoded and encoded again.
            let cursor = "p%2F\(start + page.count)%2B%3D"
            next = .string("\(base)\(request.path)?course_id=elsewhere&cursor=\(cursor)&username=")
        }
        return .json(
            .members([
                "next": next, "previous": .null,
                "results": .array(page.map { $0.listed }),
            ]))
    }

    mutating func changeEnrollment(_ request: LMSRequest) -> LMSReply {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        guard let body = request.json, let username = body["user"]?.string,
            let run = body["course_details"]?["course_id"]?.string
        else { return LMSState.refusal("Course ID must be specified to create a new enrollment.") }
        guard LMSState.isRunKey(run) else { return LMSState.refusal("No course '\(run)' found for enrollment") }
        let mode = body["mode"]?.string
        if !isServiceWorkerStaff {
            if username != "login_service_user" { return LMSReply(404) }
            if let mode, mode != "audit", mode != "honor" {
                return LMSState.refusal("User does not have permission to create enrollment with mode.", status: 403)
            }
        }
        guard let user = user(username) else {
            return LMSState.refusal("The user \(username) does not exist.", status: 406)
        }
        if let course = courses[run], course.embargoed.contains(user.username) {
            return .json(
                .members([
                    "message": .string("Users from this location cannot access the course '\(run)'."),
                    "user_message_url": .string("\(origin)/embargo/blocked-message/"),
                ]), status: 403)
        }
        if let course = courses[run], course.filtered.contains(user.username) {
            return .json(
                .members([
                    "message": .string("\(user.username) may not enroll."),
                    "localizedMessage": .string("\(user.email) may not enroll."),
                ]), status: 403)
        }
        var isActive: Bool?
        switch body["is_active"] {
        case nil, .null: isActive = nil
        case .bool(let flag): isActive = flag
        default: return LMSState.refusal("'is_active' is not a boolean.")
        }
        guard let course = courses[run] else { return LMSState.refusal("No course '\(run)' found for enrollment") }
        return change(
            user, course, mode: mode, isActive: isActive, isForced: body["force_enrollment"] == .bool(true))
    }

    private mutating func change(
        _ user: LMSUser, _ course: LMSCourse, mode: String?, isActive: Bool?, isForced: Bool
    ) -> LMSReply {
        let index = index(user.username, course.key)
        if let mode, !course.modes.contains(mode) { return LMSState.unavailable(mode, course) }
        if let index {
            let old = enrollments[index]
            let modeChanges = mode != nil && mode != old.mode
            let activityChanges = isActive != nil && isActive != old.isActive
            if modeChanges || activityChanges {
                if modeChanges, activityChanges, isActive == false {
                    return LMSState.refusal("Enrollment mode mismatch: active mode=\(old.mode). Won't deactivate.")
                }
                // Only the update looks at the expiry of a mode, forced or not.
                if let mode, modeChanges, course.expiredModes.contains(mode) {
                    return LMSState.unavailable(mode, course)
                }
                return update(index, mode: mode, isActive: isActive)
            }
        }
        return add(user, course, at: index, mode: mode, isActive: isActive ?? true, isForced: isForced)
    }

    private mutating func update(_ index: Int, mode: String?, isActive: Bool?) -> LMSReply {
        let old = enrollments[index]
        if let mode, mode != old.mode {
            enrollments[index].mode = mode
            effects.append(.modeChanged(old.username, run: old.run, from: old.mode, to: mode))
        }
        if let isActive, isActive != old.isActive {
            enrollments[index].isActive = isActive
            effects.append(
                isActive
                    ? .reactivated(old.username, run: old.run, mode: enrollments[index].mode)
                    : .deactivated(old.username, run: old.run))
        }
        return .json(enrollments[index].answered)
    }

    private mutating func add(
        _ user: LMSUser, _ course: LMSCourse, at index: Int?, mode: String?, isActive: Bool, isForced: Bool
    ) -> LMSReply {
        if let index, enrollments[index].isActive, isActive { return .json(enrollments[index].answered) }
        let mode = mode ?? "audit"
        if !isForced {
            if course.expiredModes.contains(mode) { return LMSState.unavailable(mode, course) }
            if course.isClosed {
                return LMSState.refusal(
                    "An error occurred while creating the new course enrollment for user '\(user.username)' in course "
                        + "'\(course.key)'")
            }
        }
        let place: Int
        if let index {
            place = index
            enrollments[place].mode = mode
            enrollments[place].isActive = isActive
        } else {
            place = enrollments.count
            counter += 1
            var enrollment = LMSEnrollment(run: course.key, username: user.username, mode: mode, isActive: isActive)
            enrollment.number = counter
            enrollments.append(enrollment)
        }
        effects.append(
            !isActive
                ? .inactiveRecord(user.username, run: course.key, mode: mode)
                : index == nil
                    ? .enrolled(user.username, run: course.key, mode: mode)
                    : .reactivated(user.username, run: course.key, mode: mode))
        return .json(enrollments[place].answered)
    }

    static func isRunKey(_ text: String) -> Bool {
        text.hasPrefix("course-v1:") && text.split(separator: "+", omittingEmptySubsequences: false).count == 3
    }

    private static func unavailable(_ mode: String, _ course: LMSCourse) -> LMSReply {
        refusal("The [\(mode)] course mode is expired or otherwise unavailable for course run [\(course.key)].")
    }

    static func refusal(_ message: String, status: Int = 400) -> LMSReply {
        .json(.members(["message": .string(message)]), status: status)
    }
}

extension LMSEnrollment {
    private var created: JSONValue {
        .string(Timestamp(microseconds: 1_769_936_400_120_000).adding(seconds: Int64(number)).description)
    }

    /// As the list has it.
    fileprivate var listed: JSONValue {
        .members([
            "created": created, "mode": .string(mode), "is_active": .bool(isActive), "user": .string(username),
            "course_id": .string(run),
        ])
    }

    /// As the answer to a POST has it.
    var answered: JSONValue {
        .members([
            "created": created, "mode": .string(mode), "is_active": .bool(isActive), "user": .string(username),
            "course_details": .members(["course_id": .string(run), "course_name": .string("A course")]),
        ])
    }
}
