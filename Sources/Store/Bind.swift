import Bytes

/// A value handed to a statement beside its text.
public enum Bind: Hashable, Sendable {
    case null
    case int(Int64)
    case bool(Bool)
    case text(String)
    case timestamp(Timestamp)
    case decimal(Decimal64)
    case json(JSONValue)
    /// A double precision number; never money.
    case double(Double)
    /// The right side of `IN`: one bind, however many elements.
    case list([Bind])
}

/// A Swift type whose values can be bound to a statement.
public protocol Bindable: Sendable {
    /// The value as it is bound.
    var bind: Bind { get }
}

extension Bind: Bindable {
    public var bind: Bind { self }
}

extension Int: Bindable {
    public var bind: Bind { .int(Int64(self)) }
}

extension Int64: Bindable {
    public var bind: Bind { .int(self) }
}

extension Bool: Bindable {
    public var bind: Bind { .bool(self) }
}

extension String: Bindable {
    public var bind: Bind { .text(self) }
}

extension Timestamp: Bindable {
    public var bind: Bind { .timestamp(self) }
}

extension CivilDate: Bindable {
    /// The date as `YYYY-MM-DD`.
    public var bind: Bind {
        var buffer = ByteBuffer(capacity: 10)
        buffer.append(Int64(year), width: 4)
        buffer.append("-")
        buffer.append(Int64(month), width: 2)
        buffer.append("-")
        buffer.append(Int64(day), width: 2)
        return .text(String(decoding: buffer.bytes, as: UTF8.self))
    }
}

extension Decimal64: Bindable {
    public var bind: Bind { .decimal(self) }
}

extension JSONValue: Bindable {
    public var bind: Bind { .json(self) }
}

extension Double: Bindable {
    public var bind: Bind { .double(self) }
}

extension Optional: Bindable where Wrapped: Bindable {
    public var bind: Bind { self?.bind ?? .null }
}
