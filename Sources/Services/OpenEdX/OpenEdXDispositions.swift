import Bytes
import HTTP

/// The one table from answers to what they mean for the work (`spec/openedx.md` §3.1, §3.4, §3.6, §3.10, §3.12, §6.4).
///
/// Answers that a call takes as a result of its own are not in it: 400 and 409 of a registration, 401 and 404 of the
/// own info, 400 and 404 of the LTI fix, 401, 403 and 404 of the account search, `invalid_grant` of a refresh.
extension OpenEdXCall {
    /// What an answer that is no success means. A status of 200 is an answer that cannot be understood.
    ///
    /// - Parameter isForeign: whether the answer has a body that is no JSON: then something in between has refused the call,
    ///   which says nothing of a learner.
    func disposition(
        status: Int, problem: OpenEdXProblem?, retryAfter: Duration?, isForeign: Bool = false
    ) -> Disposition {
        switch status {
        case 407: .systemic
        case 408, 425: .temporary
        case 429, 502, 503, 504, 520...529: .unavailable(retryAfter: retryAfter)
        case 301, 308: .systemic  // The configured address is not the LMS's own.
        case ..<400, 500...: .temporary
        default:
            switch refusal(status: status, problem: problem) {
            case .permanent where isForeign: .temporary
            case let disposition: disposition
            }
        }
    }

    /// What an answer of 400 to 499 means that is not the same for all calls.
    private func refusal(status: Int, problem: OpenEdXProblem?) -> Disposition {
        switch self {
        case .enrollmentList:
            // Only 400 concerns the names that were asked for.
            status == 401 || status == 403 ? .systemic : status == 400 ? .permanent : .temporary
        case .enroll, .deactivate:
            switch (status, problem) {
            case (401, _): .systemic
            case (403, .embargo), (403, .enrollmentFilter): .permanent
            // The list has just shown that the token is staff's, so that it is not the token.
            case (403, _): .temporary
            default: .permanent
            }
        case .codeExchange, .tokenRefresh, .clientToken:
            switch (status, problem) {
            case (400, .oauth("invalid_grant")): self == .clientToken ? .systemic : .temporary
            // Without an OAuth error it was not the token endpoint that answered.
            case (400, .oauth): .systemic
            // The LMS throttles its token endpoint with 403.
            case (400, _), (403, _): .temporary
            default: .systemic
            }
        case .authorize:
            // An unknown client or an address that is not registered with it.
            status == 400 ? .systemic : .temporary
        case .ltiFix:
            status == 401 ? .systemic : .temporary
        // A staff account that may not ask concerns the run; anything else is about the course that was asked for.
        case .grades, .course, .modes, .modeCreation, .modeChange, .modeDeletion, .outline:
            status == 401 || status == 403 ? .systemic : .permanent
        case .courseList:
            // The list is not found when the username it is asked for is none; courses that are not there are left out.
            status == 401 || status == 403 || status == 404 ? .systemic : .permanent
        case .studioRun, .studioRuns, .studioClone, .studioCreation, .studioChange:
            status == 401 ? .systemic : .permanent
        // The client must be one that may retire accounts.
        case .retirement: status == 401 || status == 403 ? .systemic : .permanent
        // A token of a learner is that learner's matter.
        case .profileUpdate, .nameUpdate, .ownEnrollments, .mailSettings:
            status == 401 || status == 403 ? .temporary : .permanent
        // What is refused here is not counted against the learner, and the enrollments of others go on (§6.4).
        case .registration, .validation, .ownInfo, .socialLogin, .accountSearch:
            .temporary
        }
    }

    /// What no answer means.
    func disposition(of failure: TransportError) -> Disposition {
        switch failure.code {
        case .stopped: .stopped
        case .tooLarge, .bodyFailed, .withheld: .temporary
        // Only a header field can be so, a credential of the settings: tokens of learners are their own matter.
        case .invalidRequest: self == .ownInfo ? .temporary : .systemic
        case .limited: .unavailable(retryAfter: failure.retryAfter)
        case .cannotConnect, .insecure, .timeout, .connectionLost, .malformed: .unavailable(retryAfter: nil)
        }
    }

    /// Whether the LMS may have done what was asked, although it answered so.
    ///
    /// An answer of 400 to 499 says that it did not, and so does a redirect that asks for the same call elsewhere. Any
    /// other answer may come from something in between that saw the time pass, or be the success that cannot be
    /// understood.
    ///
    /// Of a call that the transport repeated, this is about the last attempt.
    func mayHaveHappened(status: Int) -> Bool {
        switch status {
        case 400...499, 301, 307, 308: false
        default: hasEffect
        }
    }

    /// The error for an answer that came from `origin` at `now`.
    func error(_ response: Response, from origin: String, now: Timestamp) -> ServiceError {
        let problem = OpenEdXProblem(response)
        return ServiceError(
            OpenEdXClient.service, name,
            disposition(
                status: response.status, problem: problem, retryAfter: response.retryAfter(now: now),
                isForeign: !response.body.isEmpty && response.json == nil),
            mayHaveHappened: mayHaveHappened(status: response.status) || hasEffect && response.mayFollowEffect,
            status: response.status,
            detail: response.safeDetail(problem, from: origin) + advice(for: response.status))
    }

    /// What to look at when a credential is refused.
    func advice(for status: Int?) -> String {
        switch (self, status) {
        case (.courseList, 403), (.courseList, 404): return "; check OPENEDX_SERVICE_WORKER_USERNAME"
        case (_, 401), (.enrollmentList, 403), (.retirement, 403): return credential.map { "; check \($0)" } ?? ""
        default: return ""
        }
    }

    /// The error for no answer.
    func error(_ failure: TransportError) -> ServiceError {
        ServiceError(
            OpenEdXClient.service, name, disposition(of: failure), mayHaveHappened: hasEffect && failure.mayHaveArrived,
            detail: failure.description)
    }

    /// The error for an answer that says something else than it may.
    func error(_ detail: String, status: Int? = 200) -> ServiceError {
        ServiceError(
            OpenEdXClient.service, name, .temporary, mayHaveHappened: hasEffect, status: status, detail: detail)
    }

    /// The error for a call that cannot be made without `setting`; nothing was sent.
    func missing(_ setting: String) -> ServiceError {
        ServiceError(
            OpenEdXClient.service, name, .systemic, mayHaveHappened: false, detail: "\(setting) is not set")
    }
}
