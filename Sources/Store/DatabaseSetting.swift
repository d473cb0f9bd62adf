import Command

/// The setting that every program has for its database.
public enum DatabaseSetting {
    /// The locator, as ``Database/init(_:environment:options:)`` reads it.
    public static let locator = Setting(
        "database", ValueType<String>(placeholder: "URL") { text throws(InvalidValue) in text },
        environment: ["DATABASE_URL"], exposure: .masked,
        "the database: sqlite:PATH or postgresql://USER@HOST/NAME, without a password")
}
