import Bytes

/// Writes an iCalendar file (RFC 5545) line by line, each folded and ended as the format wants it.
struct CalendarWriter: ~Copyable {
    /// The file so far.
    private(set) var buffer: ByteBuffer
    private var line = ByteBuffer()

    /// The longest line in bytes, its end not counted (§3.1).
    private static let maximumLength = 75

    /// A writer into `buffer`.
    init(into buffer: consuming ByteBuffer) { self.buffer = buffer }

    /// Writes a line of the program's own.
    mutating func add(_ text: StaticString) {
        line.append(text)
        endLine()
    }

    /// Writes a line that begins with `name`, a colon included; `write` appends the value in the form of its type.
    mutating func add(_ name: StaticString, _ write: (inout ByteBuffer) -> Void) {
        line.append(name)
        write(&line)
        endLine()
    }

    /// Writes a line that begins with `name`, a colon included, and goes on with `text`, of the type TEXT (§3.3.11).
    mutating func add(_ name: StaticString, text: String) {
        add(name) { $0.appendCalendarText(text) }
    }

    private mutating func endLine() {
        let bytes = line.bytes
        var start = 0
        var room = Self.maximumLength
        while bytes.count - start > room {
            var end = start + room
            // Bytes that go on with a character stay with its first.
            while bytes[end] & 0xc0 == 0x80 { end -= 1 }
            buffer.append(bytes[start..<end])
            buffer.append("\r\n ")
            start = end
            room = Self.maximumLength - 1
        }
        buffer.append(bytes[start...])
        buffer.append("\r\n")
        line.removeAll()
    }
}

extension ByteBuffer {
    /// Appends `text` as a value of the type TEXT. Whatever ends a line is written `\n`; other control characters, which a file
    /// must not hold, are left out.
    mutating func appendCalendarText(_ text: String) {
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                append(UInt8(ascii: "\\"))
                append(UInt8(ascii: scalar))
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}": append("\\n")
            case "\t", " "..."~": append(UInt8(ascii: scalar))
            default:
                if scalar.properties.generalCategory != .control { append(String(scalar)) }
            }
            previous = scalar
        }
    }

    /// Appends `instant` as a value of the type DATE-TIME in UTC (§3.3.5), to the second.
    mutating func appendCalendarTime(_ instant: Timestamp) {
        let date = instant.date
        append(date, separator: "")
        let second = instant.wholeSeconds - Int64(date.daysSinceEpoch) * 86_400
        append("T")
        append(second / 3600, width: 2)
        append(second / 60 % 60, width: 2)
        append(second % 60, width: 2)
        append("Z")
    }
}
