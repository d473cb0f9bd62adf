import Command
import Snapshot

/// The settings that everything has in common that writes pages for people (`spec/catalog.md` §13); the names of variables are
/// MITx Online's own where it has one.
public enum SiteSetting {
    /// Where it is written to; certificates into its folder `certificates`.
    public static let output = Setting(
        "output", optional: ValueType<String>.path,
        "the folder that the snapshots are written into")
    /// The site's own address.
    public static let siteBaseURL = Setting(
        "siteBaseURL", ValueType<WebURL>.url, environment: ["MITX_ONLINE_BASE_URL"],
        "the site's address; its scheme and host begin the links between list pages and the addresses of images")
    /// Where product pages are.
    public static let learnBaseURL = Setting(
        "learnBaseURL", ValueType<WebURL>.url, preset: "https://learn.mit.edu", environment: ["MIT_LEARN_BASE_URL"],
        "MIT Learn's address, where product pages are")
    /// Where the courses are taken.
    public static let courseBaseURL = Setting(
        "openedx.courseBaseURL", ValueType<WebURL>.url, preset: "https://courses.learn.mit.edu/learn/course/",
        environment: ["OPENEDX_COURSE_BASE_URL"], "the courseware's address, of which scheme and host are used")
    /// The templates and assets.
    public static let templates = Setting(
        "templates", optional: ValueType<String>.path,
        "the folder of the site's templates and assets; without it the one that came with the program")
    /// The media storage.
    public static let media = Setting(
        "media", optional: ValueType<String>.path,
        "the folder of the media storage, whose images and documents become further names of them in snapshots; without it "
            + "something else serves /media/ and /documents/")
    /// The name of the site.
    public static let siteName = Setting(
        "html.siteName", ValueType<String>.text, preset: "MITx Online", "what the site is called in its pages")
    /// Texts of the installation.
    public static let copyFile = Setting(
        "html.copyFile", optional: ValueType<String>.path,
        "a JSON file with texts of your own, such as {\"how_youll_learn\":{\"learn_by_doing\":\"…\"}}")
}

extension RenderSettings {
    /// The settings of one start of a program that concern pages alone.
    ///
    /// - Throws: `Failure` for a copy file that cannot be used.
    public init(ofSite settings: Settings) throws(Failure) {
        self.init(
            siteBaseURL: try settings[SiteSetting.siteBaseURL].origin,
            learnBaseURL: RenderSettings.base(try settings[SiteSetting.learnBaseURL]),
            coursewareBaseURL: try settings[SiteSetting.courseBaseURL].origin)
        site.name = try settings[SiteSetting.siteName]
        if let path = try settings[SiteSetting.copyFile] {
            let copy = try CopyFile(at: path)
            for (way, text) in copy.howYoullLearn { howYoullLearn[way] = text }
            site.copy = copy.site
        }
    }

    /// The address without slashes at its end.
    private static func base(_ url: WebURL) -> String {
        var text = Substring(url.origin + url.path)
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}
