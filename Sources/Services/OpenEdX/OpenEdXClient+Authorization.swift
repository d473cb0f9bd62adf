import Command
import HTTP

extension OpenEdXClient {
    /// Where an authorization ends: `<SITE>/_/auth/complete`.
    var authorizationEnd: RequestURL { RequestURL(settings.site, "/_/auth/complete") }

    /// Has the learner, whose session at MITx Online the cookie is, authorize the OAuth client at the LMS (§3.2 and
    /// §3.3, steps 3 to 6 of §4.3), and returns the code for ``exchange(code:)``.
    ///
    /// Redirects lead between the LMS and MITx Online alone, and never on in clear; each gets only the cookies it set,
    /// and MITx Online the session. The last address, which carries the code, is not asked for.
    ///
    /// - Parameter session: the value of MITx Online's session cookie.
    /// - Throws: ``ServiceError``; systemic when the LMS or MITx Online does not know the OAuth client.
    public func authorizationCode(session: Secret) async throws(ServiceError) -> Secret {
        guard let client = settings.client else {
            throw OpenEdXCall.authorize.missing("OPENEDX_API_CLIENT_ID or OPENEDX_API_CLIENT_SECRET")
        }
        var jar = CookieJar()
        jar.set(settings.sessionCookieName, session.revealed, for: settings.site.origin)
        let login = RequestURL(settings.lms, settings.socialLoginPath)
        _ = try await walk(from: login, .socialLogin, &jar, until: nil)
        let authorize = RequestURL(
            settings.lms, "/oauth2/authorize",
            query: [
                ("client_id", client.id), ("scope", "read write"), ("redirect_uri", authorizationEnd.text),
                ("response_type", "code"),
            ])
        guard let end = try await walk(from: authorize, .authorize, &jar, until: authorizationEnd) else {
            throw OpenEdXCall.authorize.error("redirected elsewhere", status: nil)
        }
        guard let code = FormDecoding.value(of: "code", inQueryOf: end.target) else {
            throw noCode(end)
        }
        return Secret(code)
    }

    /// The authorization came back, but without a code.
    private func noCode(_ end: RequestURL) -> ServiceError {
        let reason = FormDecoding.value(of: "error", inQueryOf: end.target).flatMap(OpenEdXProblem.known(oauthError:))
        let isConfiguration = ["unauthorized_client", "invalid_scope", "invalid_client"].contains(reason)
        return ServiceError(
            OpenEdXClient.service, OpenEdXCall.authorize.name, isConfiguration ? .systemic : .temporary,
            mayHaveHappened: false, detail: "no code" + (reason.map { ": \($0)" } ?? ""))
    }

    /// Follows redirects from `start` to an answer that is none, or to the address `end`, which is returned and not
    /// asked for.
    private func walk(
        from start: RequestURL, _ call: OpenEdXCall, _ jar: inout CookieJar, until end: RequestURL?
    ) async throws(ServiceError) -> RequestURL? {
        var url = start
        for _ in 0...Redirect.limit {
            var request = Request(call.name, .get, url)
            if let cookies = jar.header(for: url.origin) { request.headers.append(cookies) }
            let response = try await send(request, call)
            jar.take(response, from: url.origin)
            guard (300...399).contains(response.status) else {
                if response.status >= 400 { throw refused(response, url, call) }
                return nil
            }
            guard let next = Redirect(response, to: request)?.url(at: [settings.lms, settings.site]) else {
                throw call.error("redirected elsewhere", status: response.status)
            }
            if let end, next.origin == end.origin, next.target.hasPrefix(end.target) { return next }
            url = next
        }
        throw call.error("more than \(Redirect.limit) redirects", status: nil)
    }

    /// An answer of 400 and more on the way.
    private func refused(_ response: Response, _ url: RequestURL, _ call: OpenEdXCall) -> ServiceError {
        // On the way of either call it is MITx Online's own provider that says so when it does not know the LMS.
        let isProvider = url.target.hasPrefix("/oauth2/authorize")
        return (isProvider ? OpenEdXCall.authorize : call).error(response, from: url.origin, now: time.now())
    }
}
