extension FragmentWriter {
    /// Structures inside each other up to here; deeper ones lose their tags.
    private static let deepest = 64

    /// Begins an element that is not inline where it may stand; nil when it may not: then its tags vanish.
    mutating func begin(_ tag: Tag, _ attributes: [UInt8]) -> Int? {
        switch tag.kind {
        case .structure, .block: beginBlock(tag, attributes)
        case .listItem:
            beginPart(tag, attributes, of: [.ul, .ol], across: [.p, .h1, .h2, .h3, .h4, .h5, .h6, .pre, .li])
        case .definition:
            beginPart(tag, attributes, of: [.dl], across: [.p, .h1, .h2, .h3, .h4, .h5, .h6, .pre, .dt, .dd])
        case .caption: beginCaption(attributes)
        case .figureCaption: beginFigureCaption(attributes)
        case .section: beginSection(tag, attributes)
        case .row: beginRow(attributes)
        case .cell: beginCell(tag, attributes)
        case .inline, .lineBreak, .rule, .image: nil
        }
    }

    /// A rule between blocks.
    mutating func rule() {
        guard prepareForBlock(.hr) else { return separate() }
        closeInlines()
        writeFrames()
        output.append("<hr>")
        followsText = false
        pendingBreaks = 0
        pendingSpace.removeAll(keepingCapacity: true)
    }

    /// Opens what text needs around it where the innermost frame may hold none.
    mutating func openTextFrame() {
        openFlowFrame()
        if frames.last?.tag.holdsText != true { _ = push(.p) }
    }

    // MARK: Blocks

    private mutating func beginBlock(_ tag: Tag, _ attributes: [UInt8]) -> Int? {
        guard prepareForBlock(tag) else { return nil }
        return push(tag, attributes)
    }

    /// Closes and opens frames until a block may follow; false when it may not.
    private mutating func prepareForBlock(_ tag: Tag) -> Bool {
        if tag.kind == .structure, frames.lazy.filter({ $0.tag.kind == .structure }).count >= FragmentWriter.deepest {
            return false
        }
        if frames.last?.tag == .p { close(to: frames.count - 1) }
        switch frames.last?.tag {
        case .h1, .h2, .h3, .h4, .h5, .h6, .pre:
            if tag == .p { return false }
            close(to: frames.count - 1)
        case .th, .dt:
            if tag.headingLevel != nil { return false }
        case .caption:
            if tag == .table { return false }
        default: break
        }
        openFlowFrame()
        return true
    }

    /// Where only an element's own parts may stand, begins the part that may hold anything.
    private mutating func openFlowFrame() {
        switch frames.last?.tag {
        case .ul, .ol: _ = push(.li)
        case .dl: _ = push(.dd)
        case .table, .thead, .tbody, .tfoot, .tr: _ = beginCell(.td, [])
        default: break
        }
    }

    // MARK: Parts

    private mutating func beginPart(_ tag: Tag, _ attributes: [UInt8], of lists: [Tag], across: [Tag]) -> Int? {
        guard let list = frames.lastIndex(where: { !across.contains($0.tag) }), lists.contains(frames[list].tag)
        else { return nil }
        close(to: list + 1)
        return push(tag, attributes)
    }

    private mutating func beginFigureCaption(_ attributes: [UInt8]) -> Int? {
        guard let figure = frames.lastIndex(where: { $0.tag != .p }), frames[figure].tag == .figure,
            !frames[figure].hasParts
        else { return nil }
        close(to: figure + 1)
        frames[figure].hasParts = true
        return push(.figcaption, attributes)
    }

    // MARK: Tables

    private func table() -> Int? {
        frames.lastIndex { $0.tag == .table }
    }

    private mutating func beginCaption(_ attributes: [UInt8]) -> Int? {
        guard let table = table(), !frames[table].hasParts else { return nil }
        close(to: table + 1)
        frames[table].hasParts = true
        return push(.caption, attributes)
    }

    private mutating func beginSection(_ tag: Tag, _ attributes: [UInt8]) -> Int? {
        guard let table = table() else { return nil }
        close(to: table + 1)
        // A head comes first and a foot last, or else they are bodies.
        for position in frames[table].footers { output.replace(at: position, with: "tbody".utf8) }
        frames[table].footers = []
        let isLateHead = tag == .thead && frames[table].hasSections
        frames[table].hasParts = true
        frames[table].hasSections = true
        return push(isLateHead ? .tbody : tag, attributes)
    }

    private mutating func beginRow(_ attributes: [UInt8]) -> Int? {
        guard let table = table() else { return nil }
        if let section = frames[table...].lastIndex(where: { $0.tag.kind == .section }) {
            close(to: section + 1)
        } else {
            _ = beginSection(.tbody, [])
        }
        return push(.tr, attributes)
    }

    private mutating func beginCell(_ tag: Tag, _ attributes: [UInt8]) -> Int? {
        guard let table = table() else { return nil }
        if let row = frames[table...].lastIndex(where: { $0.tag == .tr }) {
            close(to: row + 1)
        } else {
            _ = beginRow([])
        }
        let id = push(tag, attributes)
        // An empty one holds its column.
        writeFrames()
        return id
    }
}

extension Tag {
    /// Whether text may stand directly in it.
    var holdsText: Bool {
        switch kind {
        case .block, .listItem, .definition, .caption, .figureCaption, .cell: true
        case .structure: self == .figure
        case .section, .row, .inline, .lineBreak, .rule, .image: false
        }
    }
}
