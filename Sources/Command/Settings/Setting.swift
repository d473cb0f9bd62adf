/// A setting of a program: an option of the command line, a variable of the environment or a systemd credential.
public struct Setting<Value: Sendable>: AnySetting {
    /// The setting as a row of the table.
    public let declaration: SettingDeclaration
    let read: @Sendable (String?) throws(InvalidValue) -> Value

    /// A setting that must be given somewhere.
    ///
    /// `environment` lists the names that MITx Online itself uses; they win over the one made of the key.
    public init(
        _ key: String, _ type: ValueType<Value>, environment: [String] = [], exposure: Exposure = .plain,
        _ meaning: String
    ) {
        declaration = SettingDeclaration(
            key: key, type: type, preset: nil, isRequired: true, environment: environment, exposure: exposure,
            meaning: meaning)
        read = { text throws(InvalidValue) in
            guard let text else { throw InvalidValue("is not set") }
            return try type.parse(text)
        }
    }

    /// A setting that stands for `preset` when it is given nowhere.
    public init(
        _ key: String, _ type: ValueType<Value>, preset: String, environment: [String] = [],
        exposure: Exposure = .plain, _ meaning: String
    ) {
        declaration = SettingDeclaration(
            key: key, type: type, preset: preset, isRequired: false, environment: environment, exposure: exposure,
            meaning: meaning)
        read = { text throws(InvalidValue) in try type.parse(text ?? preset) }
    }

    /// A setting that may be given nowhere; its value is nil then.
    public init<Wrapped>(
        _ key: String, optional type: ValueType<Wrapped>, environment: [String] = [], exposure: Exposure = .plain,
        _ meaning: String
    ) where Value == Wrapped? {
        declaration = SettingDeclaration(
            key: key, type: type, preset: nil, isRequired: false, environment: environment, exposure: exposure,
            meaning: meaning)
        read = { text throws(InvalidValue) in
            guard let text else { return nil }
            return try type.parse(text)
        }
    }
}

/// A setting of whatever type: a row of a table of settings.
public protocol AnySetting: Sendable {
    /// The setting as a row of the table.
    var declaration: SettingDeclaration { get }
}

/// Where the value of a setting may be seen.
public enum Exposure: Sendable {
    /// Anywhere.
    case plain
    /// It may be an option, but is never printed: the address of a database can contain a password.
    case masked
    /// Never an option, since all users of a machine can read command lines, and never printed.
    case secret
}

/// One row of a program's table of settings.
public struct SettingDeclaration: Sendable {
    /// The key, for example `html.siteName`.
    public let key: String
    /// The setting as an option; nil for a secret.
    public let option: OptionDeclaration?
    /// The variables and credentials that are looked at, in this order: MITx Online's own names, then `MITXONLINE_…`.
    public let names: [String]
    /// What it does, in one sentence without a full stop.
    public let meaning: String
    /// The text it stands for when it is given nowhere.
    public let preset: String?
    /// Whether it must be given somewhere.
    public let isRequired: Bool
    /// Where its value may be seen.
    public let exposure: Exposure
    let check: @Sendable (String) throws(InvalidValue) -> Void

    init<Value>(
        key: String, type: ValueType<Value>, preset: String?, isRequired: Bool, environment: [String],
        exposure: Exposure, meaning: String
    ) {
        let name = SettingName(key: key)
        let option = OptionDeclaration(name: name.option, type: type, preset: preset, meaning: meaning)
        self.key = key
        self.option = exposure == .secret ? nil : option
        names = environment + [name.variable]
        self.meaning = meaning
        self.preset = preset
        self.isRequired = isRequired
        self.exposure = exposure
        check = option.check
    }
}
