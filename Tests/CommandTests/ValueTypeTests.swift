import Bytes
import Testing

@testable import Command

@Suite("Value types")
struct ValueTypeTests {
    private func reading<Value>(_ type: ValueType<Value>, _ text: String) -> Result<Value, InvalidValue> {
        do {
            return .success(try type.parse(text))
        } catch {
            return .failure(error)
        }
    }

    @Test("whole numbers keep to their range")
    func integers() {
        let type = ValueType.integer(1...1000)
        #expect(reading(type, "1000") == .success(1000))
        #expect(reading(type, "0") == .failure(InvalidValue("is not between 1 and 1000")))
        for text in ["", "1.0", "1e3", " 1", "1_000", "٣", "99999999999999999999"] {
            #expect(reading(type, text) == .failure(InvalidValue("is not a whole number")), "\(text)")
        }
        #expect(reading(.integer(1...Int.max), "0") == .failure(InvalidValue("is not at least 1")))
        #expect(reading(.integer(Int.min...5), "6") == .failure(InvalidValue("is not at most 5")))
    }

    @Test("booleans accept what the existing environment files contain")
    func booleans() {
        for text in ["true", "True", "YES", "1", "on"] { #expect(reading(.boolean, text) == .success(true)) }
        for text in ["false", "False", "no", "0", "OFF"] { #expect(reading(.boolean, text) == .success(false)) }
        #expect(reading(.boolean, "2") == .failure(InvalidValue("is neither true nor false")))
    }

    @Test("a choice names the nearest word")
    func choices() {
        let type = ValueType<SampleProgram.Compat>.choice
        #expect(reading(type, "strict") == .success(.strict))
        #expect(reading(type, "strikt") == .failure(InvalidValue("is not improved or strict; did you mean strict?")))
        #expect(reading(type, "both") == .failure(InvalidValue("is not improved or strict")))
    }

    @Test(
        "durations have a unit, without one they are seconds",
        arguments: [
            ("600", Duration.seconds(600)), ("0", .zero), ("500ms", .milliseconds(500)), ("30s", .seconds(30)),
            ("10m", .seconds(600)), ("6h", .seconds(21_600)), ("2d", .seconds(172_800)), ("", nil), ("h", nil),
            ("1.5h", nil), ("-1s", nil), ("1 h", nil), ("1w", nil), ("9223372036854775807d", nil),
        ])
    func durations(text: String, expected: Duration?) {
        #expect((try? ValueType.duration.parse(text)) == expected)
    }

    @Test(
        "an address is scheme, host, port and path, in its plainest form",
        arguments: [
            ("https://learn.mit.edu", "https://learn.mit.edu", "https://learn.mit.edu"),
            ("https://learn.mit.edu/", "https://learn.mit.edu", "https://learn.mit.edu"),
            ("HTTP://LocalHost:8080", "http://localhost:8080", "http://localhost:8080"),
            (
                "https://courses.learn.mit.edu/learn/course/", "https://courses.learn.mit.edu/learn/course",
                "https://courses.learn.mit.edu"
            ),
            ("http://[::1]:80/x", "http://[::1]:80/x", "http://[::1]:80"),
        ])
    func addresses(text: String, whole: String, origin: String) throws {
        let url = try ValueType.url.parse(text)
        #expect(url.description == whole)
        #expect(url.origin == origin)
    }

    @Test(
        "an address with anything else is refused",
        arguments: [
            "", "learn.mit.edu", "ftp://learn.mit.edu", "https://", "https:///x", "https://user:pw@learn.mit.edu",
            "https://learn.mit.edu?x=1", "https://learn.mit.edu/#top", "https://learn.mit.edu:0", "https://a:b",
            "https://a:", "https://a:65536", "https://a:+1", "https://a b", "https://a/\u{e9}", "https://[::1",
            "https://[::1]x", "https://\u{212a}.example", "https://-a", "javascript://x\nhttps://y",
        ])
    func notAddresses(text: String) {
        #expect(throws: InvalidValue.self) { try ValueType.url.parse(text) }
    }

    @Test("a secret is not empty and not printed")
    func secrets() throws {
        #expect(throws: InvalidValue("is empty")) { try ValueType.secret.parse("") }
        let secret = try ValueType.secret.parse("canary-7")
        var dumped = ""
        dump(["key": secret], to: &dumped)
        for text in [
            "\(secret)", "\([secret])", String(reflecting: secret), dumped, String(describing: Optional(secret)),
        ] {
            #expect(!text.contains("canary"), "\(text)")
            #expect(text.contains("[redacted]"), "\(text)")
        }
        #expect(secret.revealed == "canary-7")
    }
}
