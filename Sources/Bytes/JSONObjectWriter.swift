/// Writes the members of one JSON object into a buffer: the comma, the key and the colon belong to it.
///
///     buffer.object { object in
///         object.member("id", 7)
///         object.member("title", "Glass Physics")
///     }
public struct JSONObjectWriter: ~Copyable {
    /// Where the object is written; a caller that writes a value by hand does so after ``key(_:)``.
    public var buffer: ByteBuffer
    private var isFirst = true

    fileprivate init(buffer: consuming ByteBuffer) {
        self.buffer = buffer
    }

    /// Begins the member `name`; exactly one value must follow.
    public mutating func key(_ name: StaticString) {
        buffer.append(isFirst ? "\"" : ",\"")
        isFirst = false
        buffer.append(name)
        buffer.append("\":")
    }

    /// A member with a text, `null` for nil.
    public mutating func member(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { buffer.appendJSON(text) } else { buffer.append("null") }
    }

    /// A member with an integer, `null` for nil.
    public mutating func member(_ name: StaticString, _ number: Int?) {
        key(name)
        if let number { buffer.append(number) } else { buffer.append("null") }
    }

    /// A member with a boolean, `null` for nil.
    public mutating func member(_ name: StaticString, _ flag: Bool?) {
        key(name)
        if let flag { buffer.append(flag ? "true" : "false") } else { buffer.append("null") }
    }

    /// A member with an instant as a string, `null` for nil.
    public mutating func member(_ name: StaticString, _ instant: Timestamp?) {
        key(name)
        guard let instant else { return buffer.append("null") }
        buffer.append("\"")
        buffer.append(instant)
        buffer.append("\"")
    }

    /// A member with a decimal as a JSON number in its shortest form (`149.5`), `null` for nil.
    public mutating func memberNumber(_ name: StaticString, _ number: Decimal64?) {
        key(name)
        if let number { buffer.appendShortest(number) } else { buffer.append("null") }
    }

    /// A member with a decimal as a string with all its digits (`"149.50"`), `null` for nil.
    public mutating func memberText(_ name: StaticString, _ number: Decimal64?) {
        key(name)
        guard let number else { return buffer.append("null") }
        buffer.append("\"")
        buffer.append(number)
        buffer.append("\"")
    }

    /// A member with a JSON value, `null` for nil.
    public mutating func member(_ name: StaticString, json value: JSONValue?) {
        key(name)
        buffer.appendJSON(value ?? .null)
    }

    /// A member with an object.
    public mutating func object(_ name: StaticString, _ body: (inout JSONObjectWriter) throws -> Void) rethrows {
        key(name)
        try buffer.object(body)
    }

    /// A member with an array, one element for each of `elements`, each written whole by `body`.
    public mutating func array<Elements: Sequence>(
        _ name: StaticString, _ elements: Elements, _ body: (inout ByteBuffer, Elements.Element) throws -> Void
    ) rethrows {
        key(name)
        try buffer.array(elements, body)
    }

    /// A member with an array of objects.
    public mutating func objects<Elements: Sequence>(
        _ name: StaticString, _ elements: Elements,
        _ body: (inout JSONObjectWriter, Elements.Element) throws -> Void
    ) rethrows {
        try array(name, elements) { buffer, element in try buffer.object { try body(&$0, element) } }
    }
}

extension ByteBuffer {
    /// Appends a JSON object whose members `body` writes.
    public mutating func object(_ body: (inout JSONObjectWriter) throws -> Void) rethrows {
        append("{")
        var writer = JSONObjectWriter(buffer: self)
        // The buffer moves into the writer and back, so that its bytes are never shared and never copied.
        self = ByteBuffer()
        defer {
            self = writer.buffer
            append("}")
        }
        try body(&writer)
    }

    /// Appends a JSON array, each element written whole by `body`.
    public mutating func array<Elements: Sequence>(
        _ elements: Elements, _ body: (inout ByteBuffer, Elements.Element) throws -> Void
    ) rethrows {
        append("[")
        var isFirst = true
        for element in elements {
            if !isFirst { append(",") }
            isFirst = false
            try body(&self, element)
        }
        append("]")
    }
}
