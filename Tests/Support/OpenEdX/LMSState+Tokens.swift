import Bytes

/// Tokens and the authorization by a learner (`spec/openedx.md` §3.1 to §3.3 and §4.3), MITx Online's part of it
/// included.
extension LMSState {
    private var landing: String { "\(siteOrigin)/_/auth/complete" }

    mutating func exchangeCode(_ request: LMSRequest) -> LMSReply {
        if let refusal = clientRefusal(request) { return refusal }
        guard let username = codes.removeValue(forKey: request.field("code") ?? ""),
            request.field("redirect_uri") == landing
        else { return LMSState.oauthError("invalid_grant") }
        return issue(for: username)
    }

    /// A refresh token is good once.
    mutating func refresh(_ request: LMSRequest) -> LMSReply {
        if let refusal = clientRefusal(request) { return refusal }
        guard let username = refreshTokens.removeValue(forKey: request.field("refresh_token") ?? "") else {
            return LMSState.oauthError("invalid_grant")
        }
        return issue(for: username)
    }

    mutating func issueClientToken(_ request: LMSRequest) -> LMSReply {
        if let refusal = clientRefusal(request) { return refusal }
        guard request.field("token_type") == "jwt" else { return LMSState.oauthError("invalid_request") }
        let token = fresh("jwt")
        clientTokens.insert(token)
        clientTokenOwners[token] = request.field("client_id")
        return .json(
            .members([
                "access_token": .string(token), "expires_in": .number("\(tokenLifetime)"), "token_type": .string("JWT"),
            ]))
    }

    /// Begins the login: off to MITx Online.
    mutating func beginLogin(_ request: LMSRequest) -> LMSReply {
        let provider = String(request.path.dropFirst("/auth/login/".count).prefix { $0 != "/" })
        let session = fresh("before")
        let back = "\(origin)/auth/complete/\(provider)/"
        return .redirect(
            to: "\(siteOrigin)/oauth2/authorize/?client_id=edx&redirect_uri=\(back)&response_type=code&state=s+1",
            cookies: ["sessionid=\(session)"])
    }

    /// MITx Online approves without asking whoever has a session.
    mutating func authorizeAtSite(_ request: LMSRequest) -> LMSReply {
        guard let session = request.cookie(siteCookieName), let username = siteSessions[session] else {
            return .redirect(to: "/signin/?next=oauth2")
        }
        let code = fresh("site")
        codes[code] = username
        return .redirect(to: "\(request.parameter("redirect_uri") ?? "")?code=\(code)&state=s+1")
    }

    mutating func completeLogin(_ request: LMSRequest) -> LMSReply {
        guard request.cookie("sessionid")?.hasPrefix("before-") == true,
            let username = codes.removeValue(forKey: request.parameter("code") ?? ""), user(username) != nil
        else { return .redirect(to: "/login") }
        let session = fresh("session")
        sessions[session] = username
        return .redirect(to: "/dashboard", cookies: ["sessionid=\(session)", "csrftoken=c-1"])
    }

    mutating func authorize(_ request: LMSRequest) -> LMSReply {
        guard let session = request.cookie("sessionid"), let username = sessions[session] else {
            return .redirect(to: "/login?next=/oauth2/authorize")
        }
        guard oauthClients[request.parameter("client_id") ?? ""] != nil, request.parameter("redirect_uri") == landing
        else { return .html("Invalid client", status: 400) }
        guard request.parameter("scope") == "read write" else {
            return .redirect(to: "\(landing)?error=invalid_scope")
        }
        let code = fresh("code")
        codes[code] = username
        return .redirect(to: "\(landing)?code=\(code)")
    }

    private func clientRefusal(_ request: LMSRequest) -> LMSReply? {
        guard let id = request.field("client_id"), let secret = oauthClients[id],
            request.field("client_secret") == secret
        else { return LMSState.oauthError("invalid_client", status: 401) }
        return nil
    }

    private mutating func issue(for username: String) -> LMSReply {
        let access = fresh("at")
        let refresh = fresh("rt")
        accessTokens[access] = username
        refreshTokens[refresh] = username
        effects.append(.tokensIssued(username))
        return .json(
            .members([
                "access_token": .string(access), "refresh_token": .string(refresh),
                "expires_in": .number("\(tokenLifetime)"), "token_type": .string("Bearer"),
                "scope": .string("read write"),
            ]))
    }

    private static func oauthError(_ error: String, status: Int = 400) -> LMSReply {
        .json(.members(["error": .string(error)]), status: status)
    }
}
