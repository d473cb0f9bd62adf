/// A positional argument of a command.
public struct Argument<Value: Sendable>: AnyArgument {
    /// The argument as a row of the table.
    public let declaration: ArgumentDeclaration
    let read: @Sendable (String?) throws(InvalidValue) -> Value

    /// An argument that must be given; `name` is in capitals: `DIR`.
    public init(_ name: String, _ type: ValueType<Value>, _ meaning: String) {
        declaration = ArgumentDeclaration(name: name, type: type, isRequired: true, meaning: meaning)
        read = { text throws(InvalidValue) in
            guard let text else { throw InvalidValue("is missing") }
            return try type.parse(text)
        }
    }

    /// An argument that may be left out, after all that must be given; its value is nil then.
    public init<Wrapped>(_ name: String, optional type: ValueType<Wrapped>, _ meaning: String)
    where Value == Wrapped? {
        declaration = ArgumentDeclaration(name: name, type: type, isRequired: false, meaning: meaning)
        read = { text throws(InvalidValue) in
            guard let text else { return nil }
            return try type.parse(text)
        }
    }
}

/// An argument of whatever type: a row of a command's table of arguments.
public protocol AnyArgument: Sendable {
    /// The argument as a row of the table.
    var declaration: ArgumentDeclaration { get }
}

/// One row of a command's table of arguments.
public struct ArgumentDeclaration: Sendable {
    /// The name in capitals, as help texts print it.
    public let name: String
    /// Whether the command needs it.
    public let isRequired: Bool
    /// What it is, in one sentence without a full stop.
    public let meaning: String
    let check: @Sendable (String) throws(InvalidValue) -> Void

    init<Value>(name: String, type: ValueType<Value>, isRequired: Bool, meaning: String) {
        self.name = name
        self.isRequired = isRequired
        self.meaning = meaning
        check = { text throws(InvalidValue) in _ = try type.parse(text) }
    }

    /// The name as a usage line shows it: `DIR`, or `[DIR]` when it may be left out.
    var usage: String { isRequired ? name : "[\(name)]" }
}
