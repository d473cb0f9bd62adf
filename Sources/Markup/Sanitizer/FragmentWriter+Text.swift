import Bytes

extension FragmentWriter {
    /// Adds text: escaped, white space folded outside `pre`, characters that HTML forbids left out.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        let isPreformatted = frames.last?.tag == .pre
        var index = 0
        while index < bytes.count {
            let start = index
            if let space = bytes.space(at: index) {
                index += space.length
                add(space, isPreformatted: isPreformatted)
            } else if let control = bytes.control(at: index) {
                index += control.length
                if let replacement = control.replacement {
                    beginText()
                    output.append(replacement)
                }
            } else {
                while index < bytes.count, bytes.isPlain(at: index) { index += 1 }
                // At least one, whatever it is.
                index = max(index, start + 1)
                beginText()
                output.appendHTML(UnsafeBufferPointer(rebasing: bytes[start..<index]))
            }
        }
    }

    private mutating func add(_ space: HTMLSpace, isPreformatted: Bool) {
        switch space {
        case .noBreak: pendingSpace.append(contentsOf: [0xc2, 0xa0])
        case .ascii(let byte):
            if isPreformatted {
                pendingSpace.append(byte == 0x0d || byte == 0x0c ? UInt8(ascii: "\n") : byte)
            } else if pendingSpace.last != UInt8(ascii: " ") {
                pendingSpace.append(UInt8(ascii: " "))
            }
        }
    }
}

/// White space of a text.
enum HTMLSpace {
    case ascii(UInt8)
    case noBreak

    /// In bytes.
    var length: Int {
        if case .noBreak = self { 2 } else { 1 }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The white space at `index`; nil when something else stands there.
    func space(at index: Int) -> HTMLSpace? {
        switch self[index] {
        case 0x09, 0x0a, 0x0c, 0x0d, 0x20: .ascii(self[index])
        case 0xc2 where index + 1 < count && self[index + 1] == 0xa0: .noBreak
        default: nil
        }
    }

    /// The control character at `index`: its length, and the character of Windows-1252 that was meant, if one was.
    func control(at index: Int) -> (length: Int, replacement: String?)? {
        let byte = self[index]
        if byte < 0x20 || byte == 0x7f { return (1, nil) }
        guard byte == 0xc2, index + 1 < count, (0x80..<0xa0).contains(self[index + 1]) else { return nil }
        let character = windowsCharacters[Int(self[index + 1] - 0x80)]
        return (2, character == "\u{fffd}" ? nil : String(character))
    }

    /// Whether the byte at `index` neither is nor begins white space or a control character; a space between two words
    /// counts as part of the run.
    fileprivate func isPlain(at index: Int) -> Bool {
        let byte = self[index]
        if byte > 0x20 { return byte != 0x7f && (byte != 0xc2 || index + 1 == count || self[index + 1] > 0xa0) }
        return byte == 0x20 && index + 1 < count && self[index + 1] > 0x20 && self[index + 1] < 0x7f
    }
}

/// What the bytes 80 to 9f are in Windows-1252, which HTML reads numbers of characters by; U+FFFD for none.
private let windowsCharacters: [Character] = [
    "€", "\u{fffd}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{fffd}", "Ž", "\u{fffd}",
    "\u{fffd}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{fffd}", "ž", "Ÿ",
]
