/// An option of the command line: `--name VALUE`, `--name=VALUE` or, when it is a flag, `--name`.
public struct Option<Value: Sendable>: AnyOption {
    /// The option as a row of the table.
    public let declaration: OptionDeclaration
    let read: @Sendable (String?) throws(InvalidValue) -> Value

    /// An option that may be left out; its value is nil then.
    public init<Wrapped>(_ name: String, _ type: ValueType<Wrapped>, _ meaning: String) where Value == Wrapped? {
        declaration = OptionDeclaration(name: name, type: type, preset: nil, meaning: meaning)
        read = { text throws(InvalidValue) in
            guard let text else { return nil }
            return try type.parse(text)
        }
    }

    /// An option that stands for `preset` when it is left out.
    public init(_ name: String, _ type: ValueType<Value>, preset: String, _ meaning: String) {
        declaration = OptionDeclaration(name: name, type: type, preset: preset, meaning: meaning)
        read = { text throws(InvalidValue) in try type.parse(text ?? preset) }
    }

    /// A flag: true when it is given.
    public init(flag name: String, short: Character? = nil, _ meaning: String) where Value == Bool {
        declaration = OptionDeclaration(flag: name, short: short, meaning: meaning)
        read = { text throws(InvalidValue) in text != nil }
    }
}

/// An option of whatever type: a row of a table of options.
public protocol AnyOption: Sendable {
    /// The option as a row of the table.
    var declaration: OptionDeclaration { get }
}

/// One row of a table of options: all that the parser, help texts, man pages and completions need to know.
public struct OptionDeclaration: Sendable {
    /// The name without its dashes: `page-size`.
    public let name: String
    /// The letter of a short form, `h` for `-h`.
    public let short: Character?
    /// What stands for the value in help texts; nil for a flag.
    public let placeholder: String?
    /// What it does, in one sentence without a full stop.
    public let meaning: String
    /// The values it accepts, in words; empty when any text will do.
    public let range: String
    /// The text it stands for when it is left out.
    public let preset: String?
    let check: @Sendable (String) throws(InvalidValue) -> Void

    init<Value>(name: String, type: ValueType<Value>, preset: String?, meaning: String) {
        self.name = name
        short = nil
        placeholder = type.placeholder
        self.meaning = meaning
        range = type.range
        self.preset = preset
        check = { text throws(InvalidValue) in _ = try type.parse(text) }
    }

    init(flag name: String, short: Character?, meaning: String) {
        self.name = name
        self.short = short
        placeholder = nil
        self.meaning = meaning
        range = ""
        preset = nil
        check = { _ throws(InvalidValue) in }
    }
}
