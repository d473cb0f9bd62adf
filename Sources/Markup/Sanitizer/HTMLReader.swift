import CLibXML2

/// What is told of an HTML text while it is read: libxml2's events, each start with its end.
class HTMLHandler {
    /// An element begins. `attributes` as libxml2 gives them, decoded.
    func start(_ name: ElementName, _ attributes: AttributeList) {}
    /// The element that began last, and has not ended, ends.
    func end(_ name: ElementName) {}
    /// Text, decoded; a long one in several pieces.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Reads HTML by libxml2's parser, in bounded time whatever the text is.
///
/// Only events are used, never libxml2's tree, so that nothing is as deep as the text's nesting.
final class HTMLReader {
    private static let prepared: Void = xmlInitParser()

    private let bytes: UnsafeBufferPointer<UInt8>
    private let handler: HTMLHandler
    private var position = 0
    private var effort = ReadingEffort()

    private init(_ bytes: UnsafeBufferPointer<UInt8>, to handler: HTMLHandler) {
        self.bytes = bytes
        self.handler = handler
    }

    /// Tells `handler` of `html`; false when that would take too long or too much memory, and was given up midway.
    static func read(_ html: String, to handler: HTMLHandler) -> Bool {
        HTMLReader.prepared
        var html = html.withoutWhatStopsReading
        return html.withUTF8 { utf8 in
            HTMLReader(utf8, to: handler).read()
        }
    }

    private func read() -> Bool {
        var reader = html_reader(
            owner: Unmanaged.passUnretained(self).toOpaque(),
            more: { owner, buffer, size in HTMLReader.of(owner)?.fill(buffer, Int(size)) ?? 0 },
            start: { owner, name, attributes in HTMLReader.of(owner)?.start(name, attributes) },
            end: { owner, name in HTMLReader.of(owner)?.end(name) },
            text: { owner, bytes, count in HTMLReader.of(owner)?.text(bytes, Int(count)) },
            error: { owner in HTMLReader.of(owner)?.effort.spendOnError() })
        return withExtendedLifetime(self) { html_read(&reader) == 0 && !effort.isExhausted }
    }

    private static func of(_ owner: UnsafeMutableRawPointer?) -> HTMLReader? {
        owner.map { Unmanaged<HTMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func fill(_ buffer: UnsafeMutablePointer<CChar>?, _ size: Int) -> Int32 {
        guard let buffer, !effort.isExhausted else { return 0 }
        let end = min(position + min(size, 4096), bytes.count)
        let piece = UnsafeBufferPointer(rebasing: bytes[position..<end])
        UnsafeMutableRawBufferPointer(start: buffer, count: size).copyMemory(from: UnsafeRawBufferPointer(piece))
        // A short text cannot hold enough attributes to matter.
        if bytes.count > ReadingEffort.harmlessSize { effort.spend(on: piece) }
        position = end
        return Int32(piece.count)
    }

    private func start(_ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        guard let name else { return }
        let list = AttributeList(attributes)
        effort.spendOnStart(attributes: list.count)
        guard !effort.isExhausted else { return }
        handler.start(ElementName(name), list)
    }

    private func end(_ name: UnsafePointer<xmlChar>?) {
        guard let name else { return }
        effort.spendOnEnd()
        guard !effort.isExhausted else { return }
        handler.end(ElementName(name))
    }

    private func text(_ start: UnsafePointer<xmlChar>?, _ count: Int) {
        effort.spendOnText()
        guard !effort.isExhausted else { return }
        handler.text(UnsafeBufferPointer(start: start, count: count))
    }
}

extension String {
    /// Without NULs, at which libxml2 would end, and in a long text without comments, which would look like no progress.
    fileprivate var withoutWhatStopsReading: String {
        let text = utf8.contains(0) ? String(decoding: utf8.filter { $0 != 0 }, as: UTF8.self) : self
        return text.utf8.count > ReadingEffort.harmlessSize ? TagStripper.withoutComments(text) : text
    }
}
