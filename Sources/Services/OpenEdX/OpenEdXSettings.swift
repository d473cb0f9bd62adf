import Command

/// The settings of the exchange with Open edX (`spec/openedx.md` §1). The names of variables are MITx Online's own.
public struct OpenEdXSettings: Sendable {
    static let lms = Setting(
        "openedx.apiBaseURL", ValueType<WebURL>.url, environment: ["OPENEDX_API_BASE_URL"],
        "the address of the Open edX learner site")
}
