import Bytes

/// The first place where two JSON documents differ, in the order they are written.
public struct DocumentDifference: Hashable, Sendable, CustomStringConvertible {
    /// Where: a JSON pointer (RFC 6901), empty for the whole document.
    public let pointer: String
    /// What differs there.
    public let problem: String
    /// The nearest enclosing object that says which it is by `id`, `readable_id` or `title`, empty without one.
    public let inside: String

    /// One line, for a test's message.
    public var description: String {
        "\(pointer.isEmpty ? "(document)" : pointer): \(problem)\(inside.isEmpty ? "" : " (in \(inside))")"
    }
}

extension JSONValue {
    /// The first difference of this document from `expected`, nil when they are equal value for value and in the order of
    /// their keys. Numbers are compared by their text, strings by their bytes.
    public func firstDifference(from expected: JSONValue) -> DocumentDifference? {
        DocumentComparison().difference(expected: expected, found: self)
    }
}

/// One step of the comparison: where it stands.
private struct DocumentComparison {
    var pointer = ""
    var inside = ""

    func difference(expected: JSONValue, found: JSONValue) -> DocumentDifference? {
        switch (expected, found) {
        case (.object(let left), .object(let right)): members(expected: left, found: right)
        case (.array(let left), .array(let right)): elements(expected: left, found: right)
        default:
            // Not `==`: it would take canonically equivalent strings for equal.
            expected.compactBytes == found.compactBytes
                ? nil : report("expected \(expected.excerpt), found \(found.excerpt)")
        }
    }

    private func members(expected: [JSONValue.Member], found: [JSONValue.Member]) -> DocumentDifference? {
        let here = entering(expected)
        let names = (expected.map { ByteKey($0.key) }, found.map { ByteKey($0.key) })
        guard names.0 == names.1 else { return here.report(Self.problem(expected: names.0, found: names.1)) }
        for (left, right) in zip(expected, found) {
            let escaped = left.key.replacing("~", with: "~0").replacing("/", with: "~1")
            if let difference = here.below(escaped).difference(expected: left.value, found: right.value) {
                return difference
            }
        }
        return nil
    }

    private func elements(expected: [JSONValue], found: [JSONValue]) -> DocumentDifference? {
        for (index, (left, right)) in zip(expected, found).enumerated() {
            if let difference = below(String(index)).difference(expected: left, found: right) { return difference }
        }
        if expected.count > found.count {
            return report("\(found.count) elements, missing from there on: \(expected[found.count].excerpt)")
        }
        if expected.count < found.count {
            return report("\(found.count) elements, too many from there on: \(found[expected.count].excerpt)")
        }
        return nil
    }

    private static func problem(expected: [ByteKey], found: [ByteKey]) -> String {
        let missing = expected.filter { !found.contains($0) }.map(\.text)
        let extra = found.filter { !expected.contains($0) }.map(\.text)
        var parts: [String] = []
        if !missing.isEmpty { parts.append("missing \(missing.joined(separator: ", "))") }
        if !extra.isEmpty { parts.append("unexpected \(extra.joined(separator: ", "))") }
        guard parts.isEmpty else { return "keys: " + parts.joined(separator: "; ") }
        let place = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }
        guard let place else { return "keys: one stands more than once" }
        return "keys: expected \(place.element.0.text) as number \(place.offset + 1), found \(place.element.1.text)"
    }

    private func entering(_ members: [JSONValue.Member]) -> DocumentComparison {
        let names = ["id", "readable_id", "title"]
        guard let name = names.first(where: { JSONValue.object(members)[$0] != nil }),
            let value = JSONValue.object(members)[name]
        else { return self }
        return DocumentComparison(pointer: pointer, inside: "\(name) \(value.excerpt)")
    }

    private func below(_ step: String) -> DocumentComparison {
        DocumentComparison(pointer: pointer + "/" + step, inside: inside)
    }

    private func report(_ problem: String) -> DocumentDifference {
        DocumentDifference(pointer: pointer, problem: problem, inside: inside)
    }
}

extension JSONValue {
    /// The value as compact JSON, cut to a readable length.
    var excerpt: String {
        let text = compactText
        return text.unicodeScalars.count > 200 ? text.prefix(200) + "…" : text
    }

    /// The value as compact JSON.
    public var compactText: String { String(decoding: compactBytes, as: UTF8.self) }

    /// The value as compact JSON (`spec/catalog.md` §3).
    public var compactBytes: [UInt8] {
        var buffer = ByteBuffer()
        buffer.appendJSON(self)
        return Array(buffer.bytes)
    }
}
