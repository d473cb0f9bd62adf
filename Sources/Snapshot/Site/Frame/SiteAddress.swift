import Catalog
import Markup

/// The absolute addresses of what pages are about, percent-encoded.
extension RenderSettings {
    /// The address of the page or file at `path` below the site's root.
    func url(ofSitePath path: String) -> String { "\(siteBaseURL)/\(PercentEncoding.path(path))" }

    /// The address of MIT Learn's page about the course.
    func learnURL(of course: Course) -> String { learnURL("courses/\(course.readableID)") }

    /// The address of MIT Learn's page about the program.
    func learnURL(of program: Program) -> String { learnURL("programs/\(program.readableID)") }

    private func learnURL(_ path: String) -> String { "\(learnBaseURL)/\(PercentEncoding.path(path))" }
}
