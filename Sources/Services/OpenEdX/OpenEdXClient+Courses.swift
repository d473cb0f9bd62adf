import Bytes
import Command
import HTTP

extension OpenEdXClient {
    /// How many keys the LMS is asked for at once.
    public static let keysPerCall = 100

    /// What the LMS says of the runs with those keys, at most ``keysPerCall`` of them (§3.15). Runs that it does not have, or
    /// that `viewer` may not see, are missing.
    ///
    /// - Parameter viewer: the username for which it is asked; nil asks for whoever the token belongs to.
    /// - Throws: ``ServiceError``, permanent when the LMS does not take one of the keys.
    public func courses(_ keys: [String], seenBy viewer: String?) async throws(ServiceError) -> [CourseListEntry] {
        let call = OpenEdXCall.courseList
        let authorization = try serviceWorker(call)
        var filter: [(name: String, value: String)] = [("page_size", "\(OpenEdXClient.keysPerCall)")]
        if let viewer, !viewer.isEmpty { filter.insert(("username", viewer), at: 0) }
        filter += keys.map { ("course_keys", $0) }
        var found: [CourseListEntry] = []
        for page in 1...OpenEdXClient.pagesPerCall {
            var request = request(call, .get, "/api/courses/v1/courses/", query: filter + [("page", "\(page)")])
            request.headers = [authorization]
            let response = try await followed(request, call)
            if page > 1, response.status == 404 {
                throw call.error("a page that was announced is missing", status: 404)
            }
            let answer = try document(response, call)
            guard let results = answer["results"]?.array else { throw call.error("the page has no results") }
            found += results.compactMap(CourseListEntry.init)
            // The address of the next page is not used: it may be that of a host behind a proxy (§2.3).
            guard let next = answer["pagination"]?["next"], next.isTrue else { return found }
        }
        throw call.error("the list does not end")
    }

    /// What the LMS says of one run (§3.16); nil when it has none of that key, or `viewer` may not see it.
    public func course(_ key: String, seenBy viewer: String?) async throws(ServiceError) -> CourseListEntry? {
        let call = OpenEdXCall.course
        var query: [(name: String, value: String)] = []
        if let viewer, !viewer.isEmpty { query = [("username", viewer)] }
        var request = request(call, .get, "/api/courses/v1/courses/\(OpenEdXPath.run(key))/", query: query)
        request.headers = [try serviceWorker(call)]
        let response = try await followed(request, call)
        if response.isAbsence { return nil }
        guard let entry = CourseListEntry(try document(response, call)), entry.key == key else {
            throw call.error("the answer is not that course")
        }
        return entry
    }

    /// The outline of a run, as the LMS has it (§3.21).
    ///
    /// - Parameter path: the path of the plug-in, in which `{course_id}` stands for the key.
    /// - Throws: ``ServiceError``, which says that the outline is unavailable, whatever the cause.
    public func outline(of key: String, at path: String) async throws(ServiceError) -> JSONValue {
        let call = OpenEdXCall.outline
        do {
            let target = path.replacing("{course_id}", with: FormEncoding.component(key))
            var request = request(call, .get, target)
            request.headers = [try serviceWorker(call)]
            return try document(try await followed(request, call), call)
        } catch {
            throw ServiceError(
                error.service, error.call, error.disposition, mayHaveHappened: false, status: error.status,
                detail: "outline unavailable: \(error.detail)")
        }
    }
}

extension CourseListEntry {
    /// An entry of the list; nil when it does not say which run it is.
    fileprivate init?(_ value: JSONValue) {
        guard let key = value["id"]?.string, !key.isEmpty else { return nil }
        do {
            self = .course(try OpenEdXCourse(value, key: key))
        } catch {
            self = .malformed(error)
        }
    }
}

extension Response {
    /// Whether it is the service's own word that there is no such thing. A page for people says nothing: it may come from
    /// something in between, or from another site than is meant.
    var isAbsence: Bool { status == 404 && (body.isEmpty || json != nil) }
}

extension JSONValue {
    /// The truth value as JavaScript and Python have it.
    fileprivate var isTrue: Bool {
        switch self {
        case .null, .bool(false), .string(""), .number("0"): false
        default: true
        }
    }
}
