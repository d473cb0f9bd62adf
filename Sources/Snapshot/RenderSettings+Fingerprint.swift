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
        }
        return buffer.bytes
    }
}
