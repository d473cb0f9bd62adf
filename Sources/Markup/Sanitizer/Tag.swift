/// An element that cleaned rich text may have.
enum Tag: String, CaseIterable {
    case p, h1, h2, h3, h4, h5, h6, pre, blockquote, figure, figcaption
    case ul, ol, li, dl, dt, dd
    case table, caption, thead, tbody, tfoot, tr, th, td
    case a, strong, b, em, i, u, s, sub, sup, small, code, kbd, q, cite, abbr
    case br, hr, img

    /// What an element may stand in and hold, as far as writing it needs to know.
    enum Kind {
        /// Holds blocks: a list, a table, a quotation, a figure.
        case structure
        /// A paragraph or heading, which holds no block.
        case block
        case listItem
        case definition
        case caption
        case figureCaption
        case section
        case row
        case cell
        case inline
        case lineBreak
        case rule
        case image
    }

    var kind: Kind {
        switch self {
        case .blockquote, .figure, .ul, .ol, .dl, .table: .structure
        case .p, .h1, .h2, .h3, .h4, .h5, .h6, .pre: .block
        case .li: .listItem
        case .dt, .dd: .definition
        case .caption: .caption
        case .figcaption: .figureCaption
        case .thead, .tbody, .tfoot: .section
        case .tr: .row
        case .th, .td: .cell
        case .br: .lineBreak
        case .hr: .rule
        case .img: .image
        default: .inline
        }
    }

    /// 1 to 6 for a heading, else nil.
    var headingLevel: Int? {
        switch self {
        case .h1: 1
        case .h2: 2
        case .h3: 3
        case .h4: 4
        case .h5: 5
        case .h6: 6
        default: nil
        }
    }
}
