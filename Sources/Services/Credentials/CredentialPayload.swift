import Bytes

/// What is signed: a certificate in the terms of Open Badges 3.0 (`spec/openedx.md` §11.5).
public struct CredentialPayload: Sendable {
    /// What a learner completed.
    public enum Achievement: String, Sendable {
        /// A course.
        case course = "Course"
        /// A program.
        case program = "Program"
    }

    /// The number of the certificate, in lower case with dashes.
    public let certificate: String
    /// The learner's full name.
    public let learner: String
    /// Since when the certificate counts.
    public let validFrom: Timestamp
    /// When the learner enrolled.
    public let enrolled: Timestamp
    /// What was completed.
    public let achievement: Achievement
    /// Where it is described, absolute.
    public let achievementURL: String
    /// What it is called.
    public let name: String
    /// What had to be done for it.
    public let criteria: String
    /// Its image, absolute; nil without one.
    public let imageURL: String?

    /// A certificate with these facts.
    public init(
        certificate: String, learner: String, validFrom: Timestamp, enrolled: Timestamp, achievement: Achievement,
        achievementURL: String, name: String, criteria: String, imageURL: String?
    ) {
        self.certificate = certificate
        self.learner = learner
        self.validFrom = validFrom
        self.enrolled = enrolled
        self.achievement = achievement
        self.achievementURL = achievementURL
        self.name = name
        self.criteria = criteria
        self.imageURL = imageURL
    }

    /// The id of the credential: the same however often it is signed.
    public var id: String { "urn:uuid:\(certificate)" }

    /// The JSON, signed with the key `did`.
    func write(signedWith did: String, into object: inout JSONObjectWriter) {
        object.array("@context", Self.contexts) { $0.appendJSON($1) }
        object.member("id", id)
        object.array("type", ["VerifiableCredential", "OpenBadgeCredential"]) { $0.appendJSON($1) }
        object.object("issuer") { issuer in
            issuer.member("id", "did:key:\(did)")
            issuer.array("type", ["Profile"]) { $0.appendJSON($1) }
            issuer.member("name", "MIT Learn")
            issuer.object("image") {
                Self.write(image: "https://learn.mit.edu/images/mit-red.png", "MIT Learn logo", into: &$0)
            }
        }
        object.member("validFrom", validFrom.inSeconds)
        object.object("credentialSubject") { subject in
            subject.array("type", ["AchievementSubject"]) { $0.appendJSON($1) }
            subject.member("activityStartDate", enrolled.inSeconds)
            subject.member("activityEndDate", validFrom.inSeconds)
            subject.objects("identifier", [learner]) { identity, name in
                identity.member("type", "IdentityObject")
                identity.member("identityHash", name)
                identity.member("identityType", "name")
                identity.member("hashed", false)
                identity.member("salt", "not-used")
            }
            subject.object("achievement") { writeAchievement(into: &$0) }
        }
    }

    private func writeAchievement(into object: inout JSONObjectWriter) {
        object.member("id", achievementURL)
        object.member("achievementType", achievement.rawValue)
        object.array("type", ["Achievement"]) { $0.appendJSON($1) }
        object.object("criteria") { $0.member("narrative", criteria) }
        object.member("name", name)
        object.member(
            "description",
            "\(learner) has successfully completed all modules and earned a \(achievement.rawValue) Certificate in \(name)."
        )
        if let imageURL {
            object.object("image") { Self.write(image: imageURL, "MIT Learn Certificate logo", into: &$0) }
        }
    }

    private static func write(image url: String, _ caption: String, into object: inout JSONObjectWriter) {
        object.member("id", url)
        object.member("type", "Image")
        object.member("caption", caption)
    }

    private static let contexts = [
        "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://w3id.org/security/suites/ed25519-2020/v1",
    ]
}

extension Timestamp {
    /// `2026-06-01T12:00:00Z`: what is less than a second is dropped.
    fileprivate var inSeconds: String { "\(description.prefix(19))Z" }
}
