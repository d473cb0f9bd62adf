import Command

/// The settings of the content delivery network in front of MIT Learn (`spec/openedx.md` §1). Purges are sent only when service
/// and token are set.
public enum FastlySetting {
    /// The service whose copies are purged.
    public static let serviceID = Setting(
        "fastly.serviceId", optional: ValueType<String>.text, environment: ["MIT_LEARN_FASTLY_SERVICE_ID"],
        "the id of the Fastly service that keeps copies of course data")
    /// The token.
    public static let token = Setting(
        "fastly.authToken", optional: ValueType<Secret>.secret, environment: ["MITX_ONLINE_FASTLY_AUTH_TOKEN"],
        exposure: .secret, "the token with which copies at Fastly may be purged")
    /// Fastly.
    public static let baseURL = Setting(
        "fastly.baseURL", ValueType<WebURL>.url, preset: "https://api.fastly.com",
        environment: ["MITX_ONLINE_FASTLY_URL"], "the address of Fastly's API")

    /// All of them, for the table of a command.
    public static let all: [any AnySetting] = [serviceID, token, baseURL]
}

/// The values of the settings of the content delivery network.
public struct FastlySettings: Sendable {
    /// The address of its API.
    public let api: WebURL
    /// The service whose copies are purged.
    public let serviceID: String
    /// The token.
    public let token: Secret

    /// The values for a service.
    public init(api: WebURL, serviceID: String, token: Secret) {
        self.api = api
        self.serviceID = serviceID
        self.token = token
    }

    /// The values that were given; nil when service or token is not.
    ///
    /// - Throws: ``Failure`` `configuration` for a setting that is wrong.
    public init?(_ settings: Settings) throws(Failure) {
        api = try settings[FastlySetting.baseURL]
        guard let serviceID = try settings[FastlySetting.serviceID], !serviceID.isEmpty,
            let token = try settings[FastlySetting.token]
        else { return nil }
        self.serviceID = serviceID
        self.token = token
    }
}
