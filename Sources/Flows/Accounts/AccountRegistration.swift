import Bytes
import Command
import Records
import Services
import Store

/// One learner's registration at Open edX, with all its requests (`spec/openedx.md` §5.4).
struct AccountRegistration {
    /// How often one name is tried, and names that Open edX suggests.
    private static let attemptLimit = 4
    /// How many requests there are at most, whatever the answers.
    private static let requestLimit = 10
    /// How often a name is chosen anew because another learner got the chosen one in the same moment.
    private static let choiceLimit = 3

    /// After so long Open edX asks for nobody's user-info any more.
    private static let longestCall = Duration.seconds(900)

    private let learner: Learner
    private let application: Int
    private let repair: AccountRepair
    private let log: Log
    /// The token that Open edX asks MITx Online with.
    private let token: Secret
    /// The name whose variants are tried when Open edX suggests none.
    private let base: String
    /// The names that may be tried first, best first.
    private let firstChoice: [String]

    private var isTokenIssued = false
    /// Whether Open edX may still use the token.
    private var mayBeAsked = false
    /// The name that is on record for the learner, and tried.
    private var candidate = ""
    private var tried: Set<String> = []
    private var attempts = 0
    private var requests = 0
    private var hasFreedAddress = false
    private var mayLookUp = true

    init(
        learner: Learner, account: LearnerAccount?, desired: String?, application: Int, repair: AccountRepair
    ) {
        self.learner = learner
        self.application = application
        self.repair = repair
        log = repair.log.with(["user": .int(learner.id)])
        let letters: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        token = Secret(repair.random.text(30, of: letters))
        let wish = account?.desiredUsername.flatMap(Usernames.wish) ?? desired.flatMap(Usernames.wish)
        // The name on record is the one that was registered last, should a run have been interrupted.
        let first =
            account?.username.flatMap(Usernames.wish)
            ?? Usernames.proposed(
                desired: wish, username: learner.username, email: learner.email, name: learner.name,
                random: repair.random)
        firstChoice = [first] + Usernames.variants(of: first, random: repair.random)
        base = wish ?? first
    }

    /// Registers the learner, and keeps on record how it ended.
    mutating func run() async throws -> AccountOutcome {
        do {
            return try await attempt()
        } catch {
            if isTokenIssued, !mayBeAsked { await withdrawToken() }
            throw error
        }
    }

    private mutating func attempt() async throws -> AccountOutcome {
        guard try await choose(from: firstChoice) else {
            log.error("no_username_free")
            return .refused(.noUsername)
        }
        while true {
            attempts += 1
            requests += 1
            let answer = try await register()
            let refusal: RefusalBody
            switch answer {
            case .created:
                return .created(username: try await recordSuccess("account_created"))
            case .duplicateUsername(let suggestions, let body):
                if try await chooseAnother(suggestions) { continue }
                refusal = body
            case .duplicateEmail(let body):
                if try await isOurs() { return try await recordRecovery() }
                if try await freeAddress() { continue }
                refusal = body
            case .duplicateEmailAndUsername(let body):
                if try await isOurs() { return try await recordRecovery() }
                refusal = body
            case .refused(let body): refusal = body
            }
            return try await recordRefusal(answer, refusal)
        }
    }

    private mutating func register() async throws -> RegistrationAnswer {
        do {
            return try await repair.client.register(form)
        } catch {
            mayBeAsked = !error.isEndOfCall
            throw error
        }
    }

    private var form: Registration {
        var form = Registration(username: candidate, email: learner.email, name: learner.name, accessToken: token)
        form.country = learner.country
        form.state = learner.state
        form.gender = learner.gender
        form.yearOfBirth = learner.yearOfBirth
        form.highestEducation = learner.highestEducation
        return form
    }

    private var hasAttemptsLeft: Bool {
        attempts < AccountRegistration.attemptLimit && requests < AccountRegistration.requestLimit
    }

    /// Whether the e-mail address was freed, which is tried once, and may be registered now.
    private mutating func freeAddress() async throws -> Bool {
        guard !hasFreedAddress else { return false }
        hasFreedAddress = true
        return try await repair.client.fixLTIAccount(email: learner.email) && hasAttemptsLeft
    }

    /// Whether there is another name to try: one that Open edX suggests, else a variant, for which all attempts are
    /// left.
    private mutating func chooseAnother(_ suggestions: [String]) async throws -> Bool {
        let usable = suggestions.filter { Usernames.accepted($0) == $0 }
        guard requests < AccountRegistration.requestLimit, usable.isEmpty || hasAttemptsLeft,
            try await choose(from: usable + Usernames.variants(of: base, random: repair.random))
        else { return false }
        if !usable.contains(candidate) { attempts = 0 }
        return true
    }

    /// Puts the first name that no other learner has on record, and with it the token: Open edX asks for both during
    /// the request. False when there is none.
    private mutating func choose(from names: [String]) async throws -> Bool {
        let names = names.filter { !tried.contains(Usernames.folded($0)) }
        let (user, issues) = (learner.id, !isTokenIssued)
        let (now, token, application) = (repair.time.now(), token, application)
        let expiry = now.adding(seconds: 3600 * Int64(repair.client.settings.tokenExpiresHours))
        var choices = 0
        while true {
            do {
                let chosen = try await repair.database.write { session -> String? in
                    let taken = try session.takenOpenEdXUsernames(of: names, besides: user)
                    guard let name = names.first(where: { !taken.contains(Usernames.folded($0)) }) else { return nil }
                    try session.setOpenEdXUsername(name, of: user, at: now)
                    if issues {
                        try session.issueOAuthAccessToken(token, of: user, to: application, until: expiry, at: now)
                    }
                    return name
                }
                guard let chosen else { return false }
                isTokenIssued = true
                candidate = chosen
                tried.insert(Usernames.folded(chosen))
                return true
            } catch let error as StoreError where error.code == .uniqueViolation {
                choices += 1
                guard choices < AccountRegistration.choiceLimit else { throw error }
            }
        }
    }

    /// Whether the account that stands in the way is this learner's own: one registered by a run that did not live to
    /// put it on record.
    private mutating func isOurs() async throws -> Bool {
        guard mayLookUp else { return false }
        switch try await repair.client.accounts(email: learner.email) {
        case .found(let accounts):
            let email = learner.email.lowercased()
            return accounts.contains {
                $0.username.utf8.elementsEqual(candidate.utf8) && $0.email.lowercased() == email
            }
        case .refused:
            mayLookUp = false
            log.warning("account_lookup_refused")
            return false
        }
    }

    private func recordRecovery() async throws -> AccountOutcome {
        .present(username: try await recordSuccess("account_recovered"))
    }

    private func recordSuccess(_ event: StaticString) async throws -> String {
        let (now, user, name) = (repair.time.now(), learner.id, candidate)
        let isMarked = try await repair.database.write { session in
            try withdrawToken(at: now, in: &session)
            return try session.markOpenEdXAccountSynced(of: user, username: name, at: now)
        }
        guard isMarked else {
            throw ServiceError(
                "Open edX", "registration", .temporary, mayHaveHappened: true, status: 200,
                detail: "the username of learner \(user) was changed meanwhile")
        }
        log.info(event)
        return name
    }

    private func recordRefusal(
        _ answer: RegistrationAnswer, _ body: RefusalBody
    ) async throws -> AccountOutcome {
        let (now, user) = (repair.time.now(), learner.id)
        try await repair.database.write { session in
            try withdrawToken(at: now, in: &session)
            try session.recordOpenEdXSyncError(body.json, of: user, at: now)
        }
        let refusal = AccountOutcome.Refusal.registration(reason: answer.description)
        log.warning("registration_refused", ["reason": .string(refusal.description)])
        return .refused(refusal)
    }

    /// With it go those of runs that did not live to withdraw theirs.
    private func withdrawToken(at now: Timestamp, in session: inout Session) throws {
        try session.withdrawOAuthAccessToken(
            token, of: learner.id, to: application, andThoseBefore: now - AccountRegistration.longestCall)
    }

    /// A token that cannot be withdrawn ends by itself; what went wrong before matters more.
    private func withdrawToken() async {
        let now = repair.time.now()
        do {
            try await repair.database.write { session in try withdrawToken(at: now, in: &session) }
        } catch {
            log.warning("token_not_withdrawn")
        }
    }
}

extension ServiceError {
    /// Whether Open edX is done with the call. Without an answer, or with that of a proxy which has lost patience, it
    /// may still be at it, and ask who the learner is.
    fileprivate var isEndOfCall: Bool {
        switch status {
        case nil: !mayHaveHappened
        case 502, 504, .some(520...529): false
        default: true
        }
    }
}
