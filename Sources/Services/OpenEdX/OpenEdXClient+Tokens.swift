import Bytes
import Command
import HTTP

extension OpenEdXClient {
    /// The tokens for the code of an authorization (§3.1).
    public func exchange(code: Secret) async throws(ServiceError) -> UserTokens {
        let call = OpenEdXCall.codeExchange
        let client = try userClient(call)
        let answer = try await tokenAnswer(
            call,
            [
                ("code", code.revealed), ("grant_type", "authorization_code"), ("client_id", client.id),
                ("client_secret", client.secret.revealed), ("redirect_uri", authorizationEnd.text),
            ])
        return try userTokens(answer, call)
    }

    /// New tokens for a refresh token (§3.1).
    ///
    /// - Throws: ``ServiceError``; systemic when the LMS refuses the OAuth client. `mayHaveHappened` means that the
    ///   refresh token may be used up.
    public func refresh(_ token: Secret) async throws(ServiceError) -> TokenRefresh {
        let call = OpenEdXCall.tokenRefresh
        let client = try userClient(call)
        let answer = try await tokenAnswer(
            call,
            [
                ("refresh_token", token.revealed), ("grant_type", "refresh_token"), ("client_id", client.id),
                ("client_secret", client.secret.revealed),
            ])
        if answer.status == 400, OpenEdXProblem(answer) == .oauth("invalid_grant") { return .dead }
        return .renewed(try userTokens(answer, call))
    }

    /// Sends a request with the token of an OAuth client's own (`Authorization: jwt …`), which is kept until shortly
    /// before it expires; refused with 401 it is dropped, and the request is sent once more with a new one (§4.2).
    func send(
        _ request: Request, _ call: OpenEdXCall, as client: OAuthClient
    ) async throws(ServiceError) -> Response {
        let token = try await clientToken(client, for: call)
        let response = try await send(request.authorized(token), call)
        guard response.status == 401 else { return response }
        await clientTokens.drop(token, of: client)
        return try await send(request.authorized(try await clientToken(client, for: call)), call)
    }

    private func clientToken(_ client: OAuthClient, for user: OpenEdXCall) async throws(ServiceError) -> Secret {
        if let token = await clientTokens.token(of: client, at: time.steady()) { return token }
        do {
            return try await newClientToken(client)
        } catch {
            // Which client was refused only the call knows that needs the token.
            throw error.adding(user.advice(for: error.status))
        }
    }

    private func newClientToken(_ client: OAuthClient) async throws(ServiceError) -> Secret {
        let call = OpenEdXCall.clientToken
        let askedAt = time.steady()
        let answer = try await tokenAnswer(
            call,
            [
                ("grant_type", "client_credentials"), ("client_id", client.id),
                ("client_secret", client.secret.revealed), ("token_type", "jwt"),
            ])
        let (token, expiresIn) = try accessToken(try document(answer, call), call)
        await clientTokens.keep(token, of: client, until: askedAt + .seconds(expiresIn - 60))
        return token
    }

    private func userClient(_ call: OpenEdXCall) throws(ServiceError) -> OAuthClient {
        guard let client = settings.client else {
            throw call.missing("OPENEDX_API_CLIENT_ID or OPENEDX_API_CLIENT_SECRET")
        }
        return client
    }

    private func tokenAnswer(
        _ call: OpenEdXCall, _ form: [(name: String, value: String)]
    ) async throws(ServiceError) -> Response {
        var request = request(call, .post, "/oauth2/access_token")
        request.setForm(form)
        return try await send(request, call)
    }

    private func userTokens(_ response: Response, _ call: OpenEdXCall) throws(ServiceError) -> UserTokens {
        let answer = try document(response, call)
        let (access, expiresIn) = try accessToken(answer, call)
        guard let refresh = answer["refresh_token"]?.string, !refresh.isEmpty else {
            throw call.error("the answer has no refresh token")
        }
        return UserTokens(access: access, refresh: Secret(refresh), expiresIn: expiresIn)
    }

    private func accessToken(
        _ answer: JSONValue, _ call: OpenEdXCall
    ) throws(ServiceError) -> (token: Secret, expiresIn: Int) {
        // More than a year would be a mistake, and could overflow an instant.
        guard let token = answer["access_token"]?.string, !token.isEmpty, let expiresIn = answer["expires_in"]?.int,
            (1...31_622_400).contains(expiresIn)
        else { throw call.error("the answer has no access token or no lifetime") }
        return (Secret(token), expiresIn)
    }
}

extension Request {
    fileprivate func authorized(_ token: Secret) -> Request {
        var copy = self
        copy.headers.insert(Header("Authorization", "jwt ", token), at: 0)
        return copy
    }
}

/// The tokens that OAuth clients have for themselves, one each.
actor ClientTokens {
    private var kept: [OAuthClient: (token: Secret, until: Duration)] = [:]

    /// The token of a client, nil when there is none that is valid at `now` on the steady clock.
    func token(of client: OAuthClient, at now: Duration) -> Secret? {
        guard let entry = kept[client], now < entry.until else { return nil }
        return entry.token
    }

    /// Keeps a token until the steady clock shows `until`.
    func keep(_ token: Secret, of client: OAuthClient, until: Duration) {
        kept[client] = (token, until)
    }

    /// Forgets a token that was refused; a newer one, which another call has obtained meanwhile, stays.
    func drop(_ token: Secret, of client: OAuthClient) {
        if kept[client]?.token == token { kept[client] = nil }
    }
}
