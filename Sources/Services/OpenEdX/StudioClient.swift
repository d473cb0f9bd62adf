import Bytes
import Command
import HTTP

/// The calls to Open edX Studio (`spec/openedx.md` §3.18), made with a token that the LMS gives to an OAuth client.
public struct StudioClient: Sendable {
    private let client: OpenEdXClient
    private let settings: StudioSettings

    /// Calls that go the way of `client`, and share its tokens.
    public init(_ client: OpenEdXClient, _ settings: StudioSettings) {
        self.client = client
        self.settings = settings
    }

    /// A run; nil when Studio says that there is none of that key. Any other refusal is an error, since it says nothing.
    public func run(_ key: String) async throws(ServiceError) -> StudioRun? {
        let call = OpenEdXCall.studioRun
        let response = try await send(request(call, .get, path(key)), call)
        if response.isAbsence { return nil }
        return try run(response, call)
    }

    /// All runs.
    public func runs() async throws(ServiceError) -> [StudioRun] {
        let call = OpenEdXCall.studioRuns
        var found: [StudioRun] = []
        var target = "api/v1/course_runs/"
        for _ in 0..<StudioClient.pages {
            let response = try await send(request(call, .get, target), call)
            try accepted(response, call)
            guard let answer = response.json, let results = answer["results"]?.array else {
                throw call.error("the page has no results")
            }
            found += results.compactMap(StudioRun.init)
            guard let next = answer["next"]?.string, !next.isEmpty else { return found }
            // Only path and query are Studio's to say; the token goes to the configured host (§2.3).
            guard let path = StudioClient.target(of: next), path != target else {
                throw call.error("the next page has no address of its own")
            }
            target = path
        }
        throw call.error("the list does not end")
    }

    /// Has Studio make the run `target` a copy of the run `base`. It answers before the copy is complete.
    public func clone(_ base: String, to target: String) async throws(ServiceError) {
        let call = OpenEdXCall.studioClone
        var request = request(call, .post, "api/v1/course_runs/clone/")
        request.setJSON { body in
            body.member("source_course_id", base)
            body.member("destination_course_id", target)
        }
        let response = try await send(request, call)
        try accepted(response, call)
        // A page for people with that status is no answer of Studio's.
        guard response.body.isEmpty || response.json != nil else { throw call.error("the answer is no document") }
    }

    /// Makes a run of a new course.
    public func create(_ run: StudioCreation) async throws(ServiceError) -> StudioRun {
        let call = OpenEdXCall.studioCreation
        var request = request(call, .post, "api/v1/course_runs/")
        request.setJSON { body in
            body.member("org", run.organization)
            body.member("number", run.number)
            body.member("run", run.run)
            body.write(run.change)
        }
        return try self.run(try await send(request, call), call)
    }

    /// Changes title, pacing and schedule of a run.
    public func change(_ key: String, _ change: StudioChange) async throws(ServiceError) -> StudioRun {
        let call = OpenEdXCall.studioChange
        func attempt(_ path: String) async throws(ServiceError) -> Response {
            var request = request(call, .put, path)
            request.setJSON { body in body.write(change) }
            return try await send(request, call)
        }
        let response = try await attempt(path(key))
        guard response.status == 404 else { return try run(response, call) }
        // Only so do the existing application's calls arrive; a Studio that knows the plain path needs no second one.
        return try run(try await attempt("api/v1/course_runs//\(OpenEdXPath.run(key))/"), call)
    }

    /// More pages than any installation has mean addresses that lead nowhere.
    private static let pages = 10_000

    private func path(_ key: String) -> String { "api/v1/course_runs/\(OpenEdXPath.run(key))/" }

    private func request(_ call: OpenEdXCall, _ method: Request.Method, _ path: String) -> Request {
        var request = Request(call.name, method, RequestURL(settings.studio, path))
        request.isSafe = !call.hasEffect
        return request
    }

    private func send(_ request: Request, _ call: OpenEdXCall) async throws(ServiceError) -> Response {
        guard let oauthClient = settings.client else {
            throw call.missing(
                "OPENEDX_COURSES_SERVICE_WORKER_CLIENT_ID or OPENEDX_COURSES_SERVICE_WORKER_CLIENT_SECRET")
        }
        return try await client.send(request, call, as: oauthClient)
    }

    private func run(_ response: Response, _ call: OpenEdXCall) throws(ServiceError) -> StudioRun {
        try accepted(response, call)
        guard let run = response.json.flatMap(StudioRun.init) else { throw call.error("the answer is not a run") }
        return run
    }

    private func accepted(_ response: Response, _ call: OpenEdXCall) throws(ServiceError) {
        guard !(200...299).contains(response.status) else { return }
        throw call.error(response, from: settings.studio.origin, now: client.time.now())
    }

    /// Path and query of an absolute address or of a path.
    private static func target(of address: String) -> String? {
        guard let scheme = address.firstRange(of: "://") else { return address.hasPrefix("/") ? address : nil }
        return address[scheme.upperBound...].firstIndex(of: "/").map { String(address[$0...]) }
    }
}

extension JSONObjectWriter {
    fileprivate mutating func write(_ change: StudioChange) {
        if let title = change.title { member("title", title) }
        if let isSelfPaced = change.isSelfPaced {
            member("pacing_type", isSelfPaced ? "self_paced" : "instructor_paced")
        }
        if let schedule = change.schedule {
            object("schedule") { object in
                object.member("start", schedule.start)
                object.member("end", schedule.end)
                if let start = schedule.enrollmentStart { object.member("enrollment_start", start) }
                if let end = schedule.enrollmentEnd { object.member("enrollment_end", end) }
            }
        }
    }
}
