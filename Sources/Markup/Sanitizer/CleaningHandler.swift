import Bytes

/// Cleans HTML while it is read.
final class CleaningHandler: HTMLHandler {
    /// What the end of an open element ends.
    private enum Opened {
        case nothing
        case frame(Int)
        case inline
        case gap
        case dropped
    }

    /// Inline elements inside each other up to here; deeper ones lose their tags.
    private static let mostInlines = 32

    private var writer: FragmentWriter
    private var open: [(name: ElementName, opened: Opened)] = []
    /// How many open elements are dropped with all they hold.
    private var droppedDepth = 0
    private let attributes: AttributeRules

    init(size: Int, links: @escaping (LinkUse, String) -> String?) {
        writer = FragmentWriter(size: size)
        attributes = AttributeRules(links: links)
    }

    /// What was read, cleaned. Nothing may be read after.
    func finish(headings: Int) -> String {
        writer.finish(headings: headings)
    }

    override func start(_ name: ElementName, _ attributes: AttributeList) {
        open.append((name, begin(ElementRule.of(name), attributes)))
    }

    override func end(_ name: ElementName) {
        guard let index = open.lastIndex(where: { $0.name == name }) else { return }
        while open.count > index, let element = open.popLast() { end(element.opened) }
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if droppedDepth == 0 { writer.text(bytes) }
    }

    private func begin(_ rule: ElementRule, _ attributes: AttributeList) -> Opened {
        if droppedDepth > 0 { return .nothing }
        switch rule {
        case .kept(let tag): return begin(tag, attributes)
        case .unwrapped: return .nothing
        case .separated:
            writer.separate()
            return .gap
        case .dropped:
            droppedDepth += 1
            return .dropped
        }
    }

    private func begin(_ tag: Tag, _ list: AttributeList) -> Opened {
        switch tag.kind {
        case .inline: return beginInline(tag, list)
        case .lineBreak:
            writer.lineBreak()
        case .rule:
            writer.rule()
        case .image:
            image(list)
        default:
            if let id = writer.begin(tag, attributes.of(tag, list)) { return .frame(id) }
            writer.separate()
            return .gap
        }
        return .nothing
    }

    private func beginInline(_ tag: Tag, _ list: AttributeList) -> Opened {
        guard writer.inlines.count < CleaningHandler.mostInlines else { return .nothing }
        if tag == .a {
            guard !writer.inlines.contains(where: { $0.tag == .a }) else { return .nothing }
            guard let link = attributes.ofLink(list) else { return .nothing }
            writer.inlines.append(FragmentWriter.Inline(tag: tag, attributes: link))
        } else {
            writer.inlines.append(FragmentWriter.Inline(tag: tag, attributes: attributes.of(tag, list)))
        }
        return .inline
    }

    private func image(_ list: AttributeList) {
        if let image = attributes.ofImage(list) {
            writer.beginText()
            writer.output.append("<img")
            writer.output.append(image)
            writer.output.append(">")
        } else if var alternative = list["alt"] {
            alternative.withUTF8 { writer.text($0) }
        }
    }

    private func end(_ opened: Opened) {
        switch opened {
        case .nothing: break
        case .frame(let id):
            if let index = writer.index(of: id) { writer.close(to: index) }
        case .inline: writer.endInline()
        case .gap: writer.separate()
        case .dropped: droppedDepth -= 1
        }
    }
}
