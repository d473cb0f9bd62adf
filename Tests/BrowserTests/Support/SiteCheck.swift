/// One of the checks of `Tests/Browser`.
enum SiteCheck: Sendable {
    /// In a window of 320 pixels: console, requests outside, ids, headings, width.
    case loading
    /// Opened from disk, links lead to pages.
    case disk
    /// axe-core, up to WCAG 2.2 AA, light and dark, narrow and wide.
    case accessibility
    /// By the tabulator key alone.
    case keyboard(_ scheme: ColorScheme)
    /// As a PDF with text.
    case printing
    /// The filters and the search box of a catalog page; so many seconds until something must have happened.
    case filters(patience: Int = 20)
    /// Pictures of each page at three widths, light and dark, into a folder.
    case screenshots(folder: String)
    /// The Nu HTML checker, on every page.
    case markup
    /// Links, ids, and files that pages and styles name, on every page.
    case links
    /// JSON-LD, iCalendar, sitemap and feed, in every file.
    case data

    /// Its name on the command line.
    var name: String {
        switch self {
        case .loading: "loading"
        case .disk: "disk"
        case .accessibility: "accessibility"
        case .keyboard(let scheme): "keyboard-\(scheme)"
        case .printing: "printing"
        case .filters: "filters"
        case .screenshots: "screenshots"
        case .markup: "markup"
        case .links: "links"
        case .data: "data"
        }
    }

    /// What else it needs there.
    var options: [String] {
        switch self {
        case .filters(let patience): ["--patience", "\(patience)"]
        case .screenshots(let folder): ["--out", folder]
        default: []
        }
    }
}

/// Which pages a check opens.
enum PageChoice: Sendable {
    /// The largest of each kind: a course, a program, the catalog.
    case ofEachKind
    case all
    /// Those with these addresses: `courses/course-v1:MITx+6.100x/`; the home page's is empty.
    case these([String])

    /// The words of the command line.
    var arguments: [String] {
        switch self {
        case .ofEachKind: []
        case .all: ["--all"]
        case .these(let addresses): ["--pages"] + addresses
        }
    }
}

/// What a reader prefers.
enum ColorScheme: Sendable {
    case light
    case dark
}
