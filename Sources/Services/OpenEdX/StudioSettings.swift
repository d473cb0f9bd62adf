import Command

/// The settings of the exchange with Open edX Studio (`spec/openedx.md` §1).
public enum StudioSetting {
    /// Studio.
    public static let baseURL = Setting(
        "openedx.studioApiBaseURL", optional: ValueType<WebURL>.url, environment: ["OPENEDX_STUDIO_API_BASE_URL"],
        "the address of the Open edX authoring site")
    /// The id of the OAuth client for Studio.
    public static let clientID = Setting(
        "openedx.coursesServiceWorkerClientId", optional: ValueType<String>.text,
        environment: ["OPENEDX_COURSES_SERVICE_WORKER_CLIENT_ID"],
        "the id of the OAuth client that may change courses; that of OPENEDX_API_CLIENT_ID when it is not set")
    /// The secret of that client.
    public static let clientSecret = Setting(
        "openedx.coursesServiceWorkerClientSecret", optional: ValueType<Secret>.secret,
        environment: ["OPENEDX_COURSES_SERVICE_WORKER_CLIENT_SECRET"], exposure: .secret,
        "the secret of that OAuth client; that of OPENEDX_API_CLIENT_SECRET when it is not set")
    /// How often a clone is tried again.
    public static let cloneRetries = Setting(
        "openedx.courseCloneMaxRetries", ValueType<Int>.integer(0...100), preset: "5",
        environment: ["OPENEDX_COURSE_CLONE_MAX_RETRIES"], "how often the clone of a course run is tried again")
    /// The wait before the first retry; each further one is longer by as much.
    public static let cloneRetryDelay = Setting(
        "openedx.courseCloneRetryDelay", ValueType<Int>.integer(0...86_400), preset: "300",
        environment: ["OPENEDX_COURSE_CLONE_RETRY_DELAY"],
        "how many seconds a clone waits before the first retry, and how much longer before each further one")
    /// The random part of each wait.
    public static let cloneRetryJitter = Setting(
        "openedx.courseCloneRetryJitter", ValueType<Int>.integer(0...86_400), preset: "60",
        environment: ["OPENEDX_COURSE_CLONE_RETRY_JITTER"],
        "by how many seconds at most such a wait is longer at random")

    /// All of them, for the table of a command.
    public static let all: [any AnySetting] = [
        baseURL, clientID, clientSecret, cloneRetries, cloneRetryDelay, cloneRetryJitter,
    ]
}

/// The values of the settings of the exchange with Open edX Studio.
public struct StudioSettings: Sendable {
    /// The address of Studio.
    public var studio: WebURL
    /// The OAuth client that may change courses; nil when its id or its secret is not set.
    public var client: OAuthClient?

    /// The values for a Studio.
    public init(studio: WebURL, client: OAuthClient?) {
        self.studio = studio
        self.client = client
    }

    /// The values that were given.
    ///
    /// - Parameter openEdX: the settings whose OAuth client stands in for one that is not set.
    /// - Throws: ``Failure`` `configuration` when the address is wrong or missing.
    public init(_ settings: Settings, _ openEdX: OpenEdXSettings) throws(Failure) {
        guard let studio = try settings[StudioSetting.baseURL] else {
            throw Failure(.configuration, "OPENEDX_STUDIO_API_BASE_URL is not set")
        }
        self.studio = studio
        let id = try settings[StudioSetting.clientID] ?? openEdX.client?.id
        let secret = try settings[StudioSetting.clientSecret] ?? openEdX.client?.secret
        if let id, let secret { client = OAuthClient(id: id, secret: secret) }
    }
}
