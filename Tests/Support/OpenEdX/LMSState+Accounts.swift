import Bytes

/// Accounts (`spec/openedx.md` §3.4, §3.6, §3.9 and §3.24).
extension LMSState {
    mutating func register(_ request: LMSRequest) -> LMSReply {
        if let registrationToken, request["x-access-token"] != registrationToken {
            return .json(.members(["error_code": .string("registration-not-allowed")]), status: 403)
        }
        guard let username = request.field("username"), LMSState.isUsername(username) else {
            return LMSState.invalid("username", "Usernames can only contain letters, digits, _ and -.")
        }
        guard let email = request.field("email"), email.contains("@") else {
            return LMSState.invalid("email", "A properly formatted e-mail is required.")
        }
        guard request.field("honor_code") == "True", request.field("access_token")?.isEmpty == false,
            request.field("provider") != nil
        else { return LMSState.invalid("access_token", "The provider does not know the learner.") }
        let isNameTaken = user(username) != nil
        let isEmailTaken = !users(email: email).isEmpty
        switch (isNameTaken, isEmailTaken) {
        case (false, false): break
        case (true, true): return LMSState.duplicate("duplicate-email-username", username, suggestions: [])
        case (false, true): return LMSState.duplicate("duplicate-email", email, suggestions: [])
        case (true, false):
            let suggestions = (1...9).map { "\(username.prefix(28))_\($0)" }.filter { user($0) == nil }.prefix(3)
            return LMSState.duplicate(
                "duplicate-username", username, suggestions: suggestsUsernames ? Array(suggestions) : [])
        }
        users.append(LMSUser(username, email: email))
        effects.append(.accountCreated(username, email: email))
        return .json(.members(["success": .bool(true), "redirect_url": .string("\(origin)/dashboard")]))
    }

    /// The LMS redirects to the detail of the learner.
    func ownInfo(_ request: LMSRequest) -> LMSReply {
        guard let username = learner(request) else { return LMSState.unauthorized }
        return .redirect(to: "/api/mobile/v0.5/users/\(username)")
    }

    func userDetail(_ request: LMSRequest) -> LMSReply {
        guard let username = learner(request) else { return LMSState.unauthorized }
        guard let user = user(username) else { return LMSReply(404) }
        return .json(
            .members([
                "id": .number("912"), "username": .string(user.username), "email": .string(user.email),
                "name": .string("Ada L"),
            ]))
    }

    mutating func fixLTI(_ request: LMSRequest) -> LMSReply {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        guard let email = request.json?["email"]?.string, !email.isEmpty else { return LMSReply(400) }
        guard let index = users.firstIndex(where: { $0.email.lowercased() == email.lowercased() }) else {
            return LMSReply(404)
        }
        guard users[index].isLTIMade else { return LMSReply(400) }
        users[index].email = "freed-\(index)@lms.test"
        effects.append(.ltiFreed(email: email))
        return .json(.members(["success": .bool(true)]))
    }

    func searchAccounts(_ request: LMSRequest) -> LMSReply {
        guard isServiceWorker(request) else { return LMSState.unauthorized }
        guard isServiceWorkerStaff else { return .json(.members(["detail": .string("No permission.")]), status: 403) }
        let found = users(email: request.parameter("email") ?? "")
        guard !found.isEmpty else { return .json(.array([]), status: 404) }
        return .json(.array(found.map { .members(["username": .string($0.username), "email": .string($0.email)]) }))
    }

    /// The learner whose token the request carries, while there is an account.
    func learner(_ request: LMSRequest) -> String? {
        guard let value = request["authorization"], value.hasPrefix("Bearer ") else { return nil }
        return accessTokens[String(value.dropFirst(7))]
    }

    private static func invalid(_ field: String, _ message: String) -> LMSReply {
        let errors: JSONValue = .array([.members(["user_message": .string(message)])])
        return .json(
            .object([
                JSONValue.Member(key: "error_code", value: .string("validation-error")),
                JSONValue.Member(key: field, value: errors),
            ]), status: 400)
    }

    private static func duplicate(_ code: String, _ value: String, suggestions: [String]) -> LMSReply {
        let message: JSONValue = .array([.members(["user_message": .string("\(value) is taken.")])])
        var members = [
            JSONValue.Member(key: "error_code", value: .string(code)),
            JSONValue.Member(key: code == "duplicate-email" ? "email" : "username", value: message),
        ]
        if !suggestions.isEmpty {
            members.append(
                JSONValue.Member(key: "username_suggestions", value: .array(suggestions.map { .string($0) })))
        }
        return .json(.object(members), status: 409)
    }
}
