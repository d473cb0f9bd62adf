import Command
import HTTP

extension OpenEdXClient {
    /// The enrollments of the learner whose token it is, by the keys of their runs (§3.11).
    ///
    /// - Throws: ``ServiceError``.
    public func ownEnrollments(userToken: Secret) async throws(ServiceError) -> [String: OpenEdXEnrollment] {
        let call = OpenEdXCall.ownEnrollments
        var request = request(call, .get, "/api/enrollment/v1/enrollment")
        request.headers = [Header("Authorization", "Bearer ", userToken)]
        guard let elements = try document(try await followed(request, call), call).array else {
            throw call.error("the answer is not a list")
        }
        var found: [String: OpenEdXEnrollment] = [:]
        for element in elements {
            guard let enrollment = OpenEdXEnrollment(element) else {
                throw call.error("an element is not an enrollment")
            }
            found[enrollment.run] = enrollment
        }
        return found
    }

    /// Has the course's e-mails sent to the learner whose token it is, or not sent (§3.19).
    ///
    /// - Returns: whether the LMS says that it did so.
    /// - Throws: ``ServiceError``.
    public func receiveMails(
        _ receives: Bool, of run: String, userToken: Secret
    ) async throws(ServiceError) -> Bool {
        let call = OpenEdXCall.mailSettings
        var request = request(call, .post, "/api/change_email_settings")
        request.headers = [Header("Authorization", "Bearer ", userToken)]
        request.setJSON { body in
            body.member("course_id", run)
            if receives { body.member("receive_emails", "on") }
        }
        return try document(try await send(request, call), call)["success"] == .bool(true)
    }
}
