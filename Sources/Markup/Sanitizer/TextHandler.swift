import Bytes

/// Gathers the text of HTML while it is read.
final class TextHandler: HTMLHandler {
    private var output: ByteBuffer
    private var needsSpace = false
    private var open: [(name: ElementName, rule: ElementRule)] = []
    private var droppedDepth = 0

    init(size: Int) {
        output = ByteBuffer(capacity: size)
    }

    /// What was read.
    var text: String {
        String(decoding: output.bytes, as: UTF8.self)
    }

    override func start(_ name: ElementName, _ attributes: AttributeList) {
        let rule = ElementRule.of(name)
        open.append((name, rule))
        if case .dropped = rule { droppedDepth += 1 }
        if rule.isApart { needsSpace = true }
    }

    override func end(_ name: ElementName) {
        guard let index = open.lastIndex(where: { $0.name == name }) else { return }
        while open.count > index, let element = open.popLast() {
            if case .dropped = element.rule { droppedDepth -= 1 }
            if element.rule.isApart { needsSpace = true }
        }
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard droppedDepth == 0 else { return }
        var index = 0
        while index < bytes.count {
            if let space = bytes.space(at: index) {
                needsSpace = true
                index += space.length
            } else if let control = bytes.control(at: index) {
                if let replacement = control.replacement { append(replacement.utf8) }
                index += control.length
            } else {
                let start = index
                repeat { index += 1 } while index < bytes.count && bytes.isInWord(at: index)
                append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
            }
        }
    }

    private func append(_ word: some Collection<UInt8>) {
        if needsSpace, output.count > 0 { output.append(UInt8(ascii: " ")) }
        needsSpace = false
        output.append(word)
    }
}

extension ElementRule {
    /// Whether text before, in and after the element is apart.
    fileprivate var isApart: Bool {
        switch self {
        case .kept(let tag): tag.kind != .inline && tag.kind != .image
        case .separated: true
        case .unwrapped, .dropped: false
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func isInWord(at index: Int) -> Bool {
        space(at: index) == nil && control(at: index) == nil
    }
}
