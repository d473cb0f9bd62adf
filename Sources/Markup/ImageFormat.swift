/// How an editor places an image in rich text.
enum ImageFormat {
    case fullWidth, left, right

    /// The format of that name; an unknown one shows the image at full width.
    init(name: String?) {
        switch name {
        case "left": self = .left
        case "right": self = .right
        default: self = .fullWidth
        }
    }

    /// Which rendition of the image is shown.
    var filterSpec: String {
        switch self {
        case .fullWidth: "width-800"
        case .left, .right: "width-500"
        }
    }

    var cssClass: StaticString {
        switch self {
        case .fullWidth: "richtext-image full-width"
        case .left: "richtext-image left"
        case .right: "richtext-image right"
        }
    }
}
