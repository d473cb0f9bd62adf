public protocol RichTextSource {
    func pageURL(id: Int) -> String?
    func documentFile(id: Int) -> String?
    func image(id: Int, width: Int) -> RichTextImage?
    func embedHTML(url: String) -> String?
}
public struct RichTextImage { public init(url: String, width: Int, height: Int) {} }
public enum RichText { public static func expand(_ html: String, from source: some RichTextSource) -> String { html } }
