import Bytes
import Command
import HTTP

extension OpenEdXClient {
    /// The modes of a run (§3.17).
    ///
    /// - Throws: ``ServiceError`` with status 404 when the LMS has no such run.
    public func modes(of run: String) async throws(ServiceError) -> [OpenEdXMode] {
        let call = OpenEdXCall.modes
        let response = try await followed(try modeRequest(call, .get, run), call)
        guard let elements = try document(response, call).array else { throw call.error("the answer is not a list") }
        var modes: [OpenEdXMode] = []
        for element in elements {
            guard let mode = OpenEdXMode(element) else { throw call.error("an element is not a mode") }
            modes.append(mode)
        }
        return modes
    }

    /// One mode of a run; nil when the run does not have it, or there is no such run.
    public func mode(_ slug: String, of run: String) async throws(ServiceError) -> OpenEdXMode? {
        let call = OpenEdXCall.modes
        let response = try await followed(try modeRequest(call, .get, run, slug: slug), call)
        if response.isAbsence { return nil }
        guard let mode = OpenEdXMode(try document(response, call)) else { throw call.error("the answer is not a mode") }
        return mode
    }

    /// Gives a run a mode that it does not have.
    public func create(_ mode: OpenEdXMode, of run: String) async throws(ServiceError) {
        let call = OpenEdXCall.modeCreation
        var request = request(call, .post, "/api/course_modes/v1/courses/\(OpenEdXPath.run(run))/")
        request.headers = [try serviceWorker(call)]
        request.setJSON { body in
            body.member("course_id", run)
            body.member("mode_slug", mode.slug)
            body.write(mode)
        }
        try accepted(try await send(request, call), call)
    }

    /// Changes name, price, end and description of a mode that a run has.
    public func change(_ mode: OpenEdXMode, of run: String) async throws(ServiceError) {
        let call = OpenEdXCall.modeChange
        var request = try modeRequest(call, .patch, run, slug: mode.slug)
        request.setJSON { body in body.write(mode) }
        request.headers.removeAll { $0.name == "Content-Type" }
        request.headers.append(Header("Content-Type", "application/merge-patch+json"))
        try accepted(try await send(request, call), call)
    }

    /// Takes a mode from a run.
    public func deleteMode(_ slug: String, of run: String) async throws(ServiceError) {
        let call = OpenEdXCall.modeDeletion
        try accepted(try await send(try modeRequest(call, .delete, run, slug: slug), call), call)
    }

    private func modeRequest(
        _ call: OpenEdXCall, _ method: Request.Method, _ run: String, slug: String? = nil
    ) throws(ServiceError) -> Request {
        let end = slug.map { "/" + FormEncoding.component($0) } ?? ""
        var request = request(call, method, "/api/course_modes/v1/courses/\(OpenEdXPath.run(run))\(end)")
        request.headers = [try serviceWorker(call)]
        return request
    }

    /// - Throws: ``ServiceError`` when the answer is not one of 200 to 299.
    func accepted(_ response: Response, _ call: OpenEdXCall) throws(ServiceError) {
        guard !(200...299).contains(response.status) else { return }
        throw call.error(response, from: settings.lms.origin, now: time.now())
    }
}

extension JSONObjectWriter {
    fileprivate mutating func write(_ mode: OpenEdXMode) {
        member("mode_display_name", mode.displayName)
        member("currency", mode.currency)
        member("min_price", mode.minimalPrice)
        if let expiration = mode.expiration { member("expiration_datetime", expiration) }
        if let description = mode.description { member("description", description) }
    }
}
