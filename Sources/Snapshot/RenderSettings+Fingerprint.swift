import Bytes
import Catalog

extension RenderSettings {
    /// Bytes that differ whenever two renders of one catalog could differ by their settings.
    public var fingerprint: [UInt8] {
        var buffer = ByteBuffer()
        buffer.object { object in
            object.member("siteBaseURL", siteBaseURL)
            object.member("learnBaseURL", learnBaseURL)
            object.member("coursewareBaseURL", coursewareBaseURL)
            object.member("compatibility", compatibility.rawValue)
            object.member("pageSize", pageSize)
            object.member("relativeLinks", relativeLinks)
            object.member("pages", pages)
            object.member("runVariantSets", runVariantSets)
            let texts = HowYoullLearn.allCases.map { howYoullLearn[$0].map(JSONValue.string) ?? .null }
            object.member("howYoullLearn", json: .array(texts))
            object.object("site") { $0.write(site) }
        }
        return buffer.bytes
    }
}

extension JSONObjectWriter {
    fileprivate mutating func write(_ site: SiteSettings) {
        member("name", site.name)
        member("canonical", site.canonical.rawValue)
        member("productLinks", site.productLinks.rawValue)
        member("environment", site.environment)
        let copy = site.copy
        member("exportControlNotice", copy.exportControlNotice)
        object("provider") { $0.write(copy.provider) }
        objects("footerLinks", copy.footerLinks) { $0.write($1) }
        objects("socialLinks", copy.socialLinks) { $0.write($1) }
        objects("newsletter", copy.newsletter.map { [$0] } ?? []) { $0.write($1) }
    }

    private mutating func write(_ link: SiteCopy.Link) {
        member("text", link.text)
        member("url", link.url)
    }
}
