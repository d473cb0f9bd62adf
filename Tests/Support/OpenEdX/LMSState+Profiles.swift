import Bytes

/// Profiles, their validation, retirement (`spec/openedx.md` §3.5, §3.7, §3.8, §3.20), and the outline (§3.21).
extension LMSState {
    /// The LMS tells a change of the profile and one of the name alone apart only by what is in the body.
    mutating func updateProfile(_ request: LMSRequest) -> LMSReply {
        guard let username = learner(request) else { return LMSState.unauthorized }
        let named = request.path.dropFirst("/api/user/v1/accounts/".count)
        guard user(username) != nil, named.lowercased() == username.lowercased() else { return LMSReply(404) }
        guard request["content-type"] == "application/merge-patch+json" else { return .html(status: 415) }
        guard case .object(let members)? = request.json, !members.isEmpty else { return LMSReply(400) }
        for member in members {
            if member.key == "gender", let gender = member.value.string, !["m", "f", "o"].contains(gender) {
                return .json(.members(["field_errors": .string("gender \(gender)")]), status: 400)
            }
            profiles[username, default: [:]][member.key] = member.value
        }
        let isNameAlone = members.map(\.key) == ["name"]
        effects.append(isNameAlone ? .nameChanged(username) : .profileChanged(username))
        return .json(.members(["username": .string(username)]))
    }

    mutating func validate(_ request: LMSRequest) -> LMSReply {
        guard registrationToken == nil || request["x-access-token"] == registrationToken else { return LMSReply(403) }
        let (name, email) = (request.field("username") ?? "", request.field("email") ?? "")
        let isNameGood = LMSState.isUsername(name) && user(name) == nil
        return .json(
            .members([
                "validation_decisions": .members([
                    "username": .string(isNameGood ? "" : "\(name) cannot be taken."),
                    "email": .string(users(email: email).isEmpty ? "" : "\(email) is taken."),
                ])
            ]))
    }

    mutating func retire(_ request: LMSRequest) -> LMSReply {
        guard let value = request["authorization"], value.hasPrefix("jwt "), let token = Optional(value.dropFirst(4)),
            clientTokens.contains(String(token))
        else { return LMSState.unauthorized }
        guard retirementClients.contains(clientTokenOwners[String(token)] ?? "") else { return LMSReply(403) }
        var (retired, failed): ([JSONValue], [JSONValue]) = ([], [])
        for name in (request.json?["usernames"]?.string ?? "").split(separator: ",").map(String.init) {
            guard let index = users.firstIndex(where: { $0.username == name }) else {
                failed.append(.string(name))
                continue
            }
            users.remove(at: index)
            effects.append(.retired(name))
            retired.append(.string(name))
        }
        return .json(
            .members(["successful_user_retirements": .array(retired), "failed_user_retirements": .array(failed)]))
    }

    mutating func outline(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }
}
