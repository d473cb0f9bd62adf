import Command

/// The settings of the signing of verifiable credentials (`spec/openedx.md` §1). The names of variables are MITx Online's own.
public enum CredentialSetting {
    /// Where credentials are signed.
    public static let signerURL = Setting(
        "verifiableCredential.signerURL", optional: ValueType<WebURL>.url,
        environment: ["VERIFIABLE_CREDENTIAL_SIGNER_URL"],
        "the address at which verifiable credentials are signed; without it none are")
    /// What the signer lets in.
    public static let bearerToken = Setting(
        "verifiableCredential.bearerToken", optional: ValueType<Secret>.secret,
        environment: ["VERIFIABLE_CREDENTIAL_BEARER_TOKEN"], exposure: .secret, "the token that the signer asks for")
    /// Who signs.
    public static let did = Setting(
        "verifiableCredential.did", optional: ValueType<String>.multibase, environment: ["VERIFIABLE_CREDENTIAL_DID"],
        "the public key of the issuer in multibase form, z6Mk…, which checks of a credential name")

    /// All of them, for the table of a command.
    public static let all: [any AnySetting] = [signerURL, bearerToken, did]
}

/// The values of those settings.
public struct CredentialSettings: Sendable {
    /// Where credentials are signed.
    public var signer: WebURL
    /// What the signer lets in; nil when it is not set.
    public var bearerToken: Secret?
    /// The public key of the issuer in multibase form.
    public var did: String

    /// A signer and the key that it signs with.
    public init(signer: WebURL, bearerToken: Secret?, did: String) {
        self.signer = signer
        self.bearerToken = bearerToken
        self.did = did
    }

    /// The values that were given; nil when there is no signer: then nothing is signed.
    ///
    /// - Throws: ``ExitStatus/configuration`` for a setting that is wrong, and for a signer without a key.
    public init?(_ settings: Settings) throws(Failure) {
        guard let signer = try settings[CredentialSetting.signerURL] else { return nil }
        guard let did = try settings[CredentialSetting.did] else {
            throw Failure(
                .configuration,
                "VERIFIABLE_CREDENTIAL_DID is not set: a credential must name the key that checks it")
        }
        self.init(signer: signer, bearerToken: try settings[CredentialSetting.bearerToken], did: did)
    }
}

extension ValueType<String> {
    /// A key in multibase form, base 58.
    fileprivate static let multibase = ValueType(placeholder: "KEY") { text throws(InvalidValue) in
        guard text.hasPrefix("z"), text.utf8.count > 1, text.utf8.allSatisfy({ $0 > 0x2f && $0 < 0x7b }) else {
            throw InvalidValue("is no key in multibase form: it begins with z, without did:key:")
        }
        return text
    }
}
