import Command
import Publisher
import Snapshot
import Store

/// The settings of `mitxonline-build` (`spec/catalog.md` §13); the names of variables are MITx Online's own where it has one.
enum BuildSettings {
    static let database = DatabaseSetting.locator
    static let output = SiteSetting.output
    static let siteBaseURL = SiteSetting.siteBaseURL
    static let learnBaseURL = SiteSetting.learnBaseURL
    static let courseBaseURL = SiteSetting.courseBaseURL
    static let compatibility = Setting(
        "compat", ValueType<Compatibility>.choice, preset: "improved",
        "how faithfully documents follow MITx Online's own: strict is value for value, flaws included")
    static let pageSize = Setting(
        "pageSize", ValueType<Int>.integer(1...1000), preset: "100", "items a list page")
    static let relativeLinks = Setting(
        "relativeLinks", ValueType<Bool>.boolean, preset: "false",
        "whether links between list pages leave out scheme and host")
    static let pages = Setting(
        "pages", ValueType<Bool>.boolean, preset: "true", "whether the documents of product pages are written")
    static let runVariantSets = Setting(
        "runVariantSets", ValueType<Bool>.boolean, preset: "true",
        "whether internal runs carry their variant sets, where MIT Learn looks for them; never with --compat strict")
    static let html = Setting(
        "html", ValueType<Bool>.boolean, preset: "true",
        "whether the HTML site is written; never with --compat strict")
    static let templates = SiteSetting.templates
    static let media = SiteSetting.media
    static let siteName = SiteSetting.siteName
    static let canonical = Setting(
        "html.canonical", ValueType<ProductAddress>.choice, preset: "self",
        "which pages of courses and programs search engines shall list: the site's own or MIT Learn's")
    static let productLinks = Setting(
        "html.productLinks", ValueType<ProductAddress>.choice, preset: "self",
        "where cards of courses and programs lead: to the site's own pages or to MIT Learn's")
    static let environment = Setting(
        "html.environment", ValueType<String>.text, preset: SiteSettings.production,
        "what the installation is for; anything but production keeps pages out of search engines")
    static let copyFile = SiteSetting.copyFile
    static let expectedHost = Setting(
        "learn.expectedHost", optional: ValueType<String>.text,
        "the host, and port if any, that MIT Learn is configured with; a site address with another one is refused")
    static let keepSnapshots = Setting(
        "keepSnapshots", ValueType<Int>.integer(2...10_000), preset: "5",
        "how many snapshots are kept at least, for readers of pinned pages and for a rollback")
    static let keepFor = Setting(
        "keepFor", ValueType<Duration>.duration, preset: "24h",
        "how long a snapshot is kept at least after it was last served")

    /// What decides what a render gives.
    private static let ofRendering: [any AnySetting] = [
        siteBaseURL, learnBaseURL, courseBaseURL, compatibility, pageSize, relativeLinks, pages, runVariantSets, html,
        templates, siteName, canonical, productLinks, environment, copyFile, expectedHost,
    ]

    /// All that a render reads.
    static let ofRender: [any AnySetting] = [database, output] + ofRendering + [media, keepSnapshots, keepFor]

    /// What a check reads.
    static let ofCheck: [any AnySetting] = [database] + ofRendering

    /// What a preview reads: of the settings those that its pages depend on.
    static let ofPreview: [any AnySetting] = [
        database, output, siteBaseURL, learnBaseURL, courseBaseURL, templates, media, siteName, canonical,
        productLinks, copyFile,
    ]
}
