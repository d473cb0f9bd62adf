import Bytes

/// Writes a fragment of HTML that every HTML5 parser reads back as the same tree: elements only where they may stand.
///
/// Nothing is written before something visible needs it: an element without text, image, rule or cell leaves no trace,
/// and white space stays only between two visible things. Inline elements that were not ended when a block begins are
/// ended before it and begun again inside.
struct FragmentWriter {
    /// An open element that holds others or text.
    struct Frame {
        let tag: Tag
        let id: Int
        /// Written after the tag's name: nothing, or attributes with a space before each.
        let attributes: [UInt8]
        /// Whether text came directly before it.
        let followsText: Bool
        /// For a table: whether it has a caption, section or row; for a figure, a caption.
        var hasParts = false
        /// For a table: whether it has a section or row.
        var hasSections = false
        /// For a table: where the names of its last `tfoot` were written.
        var footers: [Int] = []
    }

    /// An inline element that the text says is open.
    struct Inline {
        let tag: Tag
        let attributes: [UInt8]
        var wasWritten = false
    }

    var output = ByteBuffer()
    var frames: [Frame] = []
    /// So many frames, from the outermost, have their start tag written.
    var writtenFrames = 0
    var inlines: [Inline] = []
    /// So many inline elements, from the outermost, are open in the output.
    var openInlines = 0
    /// Whether text or an image was the last thing written into the innermost frame.
    var followsText = false
    var pendingBreaks = 0
    var pendingSpace: [UInt8] = []
    var headings: [(position: Int, level: Int)] = []
    var lastID = 0
    /// What inline elements may still cost that are begun again in each block: else a long link around many short
    /// paragraphs would make a hundred times the text.
    var repetition: Int

    init(size: Int) {
        output = ByteBuffer(capacity: size + size / 4)
        repetition = max(65536, size)
    }

    /// The frame of that id was begun and is still open.
    func index(of id: Int) -> Int? {
        frames.lastIndex { $0.id == id }
    }

    // MARK: Frames

    mutating func push(_ tag: Tag, _ attributes: [UInt8] = []) -> Int {
        closeInlines()
        lastID += 1
        frames.append(Frame(tag: tag, id: lastID, attributes: attributes, followsText: followsText))
        forgetGap()
        return lastID
    }

    /// Ends frames until so many are left.
    mutating func close(to count: Int) {
        guard frames.count > count else { return }
        closeInlines()
        while frames.count > count, let frame = frames.popLast() {
            forgetGap()
            if frames.count < writtenFrames {
                writtenFrames = frames.count
                output.append("</")
                appendName(of: frame)
                output.append(">")
            } else if frame.followsText {
                // Nothing came of the block, yet what stood before it does not run into what comes after.
                followsText = true
                pendingBreaks = 1
            }
        }
    }

    private mutating func forgetGap() {
        followsText = false
        pendingBreaks = 0
        pendingSpace.removeAll(keepingCapacity: true)
    }

    /// Writes the start tags of all open frames: something visible follows.
    mutating func writeFrames() {
        while writtenFrames < frames.count {
            let frame = frames[writtenFrames]
            output.append("<")
            appendName(of: frame)
            output.append(frame.attributes)
            output.append(">")
            writtenFrames += 1
        }
    }

    /// Remembers where the level of a heading stands, which is known only at the end, and whether a part of a table is its
    /// last.
    private mutating func appendName(of frame: Frame) {
        if let level = frame.tag.headingLevel { headings.append((output.count + 1, level)) }
        if frame.tag == .tfoot, let table = frames.lastIndex(where: { $0.tag == .table }) {
            frames[table].footers.append(output.count)
        }
        output.append(frame.tag.rawValue)
    }

    // MARK: Inline content

    mutating func closeInlines() {
        while openInlines > 0 {
            openInlines -= 1
            appendEndTag(inlines[openInlines].tag)
        }
    }

    mutating func endInline() {
        guard let inline = inlines.last else { return }
        if openInlines == inlines.count {
            openInlines -= 1
            appendEndTag(inline.tag)
        }
        inlines.removeLast()
    }

    private mutating func appendEndTag(_ tag: Tag) {
        output.append("</")
        output.append(tag.rawValue)
        output.append(">")
    }

    /// Makes the output ready for text or an image.
    mutating func beginText() {
        if frames.last?.tag.holdsText != true { openTextFrame() }
        writeFrames()
        if followsText {
            for _ in 0..<pendingBreaks { output.append("<br>") }
        }
        appendPendingSpace()
        pendingBreaks = 0
        followsText = true
        while openInlines < inlines.count {
            let inline = inlines[openInlines]
            if inline.wasWritten {
                repetition -= inline.attributes.count + 2 * inline.tag.rawValue.utf8.count + 5
                if repetition < 0 { break }
            }
            output.append("<")
            output.append(inline.tag.rawValue)
            output.append(inline.attributes)
            output.append(">")
            inlines[openInlines].wasWritten = true
            openInlines += 1
        }
    }

    private mutating func appendPendingSpace() {
        if frames.last?.tag == .pre {
            // An HTML parser takes away a line feed that comes first.
            let start = followsText ? 0 : pendingSpace.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            output.append(pendingSpace[start...])
        } else if followsText, pendingBreaks == 0 {
            output.append(pendingSpace)
        }
        pendingSpace.removeAll(keepingCapacity: true)
    }

    /// A gap between what stands before and what comes after.
    mutating func separate() {
        if frames.last?.tag == .p {
            close(to: frames.count - 1)
        } else if followsText {
            pendingBreaks = max(pendingBreaks, 1)
            pendingSpace.removeAll(keepingCapacity: true)
        }
    }

    mutating func lineBreak() {
        guard followsText else { return }
        pendingBreaks += 1
        pendingSpace.removeAll(keepingCapacity: true)
    }

    // MARK: End

    /// Ends everything, and gives the highest heading the level `level`, the others theirs in proportion.
    mutating func finish(headings level: Int) -> String {
        close(to: 0)
        let highest = headings.lazy.map(\.level).min() ?? 1
        for heading in headings {
            let shifted = min(6, heading.level - highest + level)
            output.replace(at: heading.position, with: CollectionOfOne(UInt8(ascii: "0") + UInt8(shifted)))
        }
        return String(decoding: output.bytes, as: UTF8.self)
    }
}
