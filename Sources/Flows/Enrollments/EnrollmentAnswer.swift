import Bytes

/// What the API for enrollments answers, without the way it travels (`spec/openedx.md` §6.3, §6.5, §6.7).
public struct EnrollmentAnswer: Hashable, Sendable {
    /// The status of HTTP.
    public let status: Int
    /// The body; nil for none.
    public let body: JSONValue?

    private init(_ status: Int, _ body: JSONValue? = nil) {
        self.status = status
        self.body = body
    }

    /// 200 with a body.
    static func ok(_ body: JSONValue) -> EnrollmentAnswer { EnrollmentAnswer(200, body) }

    /// 204: it is done.
    static let done = EnrollmentAnswer(204)

    /// 400 with the reason.
    static func refused(_ detail: String) -> EnrollmentAnswer { EnrollmentAnswer(400, .detail(detail)) }

    /// 400 with what is wrong with the run that was asked for.
    static func wrongRun(_ problem: String) -> EnrollmentAnswer {
        EnrollmentAnswer(
            400, .object([.init(key: "errors", value: .object([.init(key: "run_id", value: .string(problem))]))]))
    }

    /// 404: there is no such enrollment.
    static let notFound = EnrollmentAnswer(404, .detail("Not found."))

    /// 502: Open edX does not do its part.
    static let unavailable = EnrollmentAnswer(502, .detail("Open edX unavailable"))
}

extension JSONValue {
    fileprivate static func detail(_ text: String) -> JSONValue {
        .object([Member(key: "detail", value: .string(text))])
    }
}
