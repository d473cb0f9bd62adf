import Catalog
import Snapshot
import Testing

@Suite("The fingerprint of settings")
struct FingerprintTests {
    @Test("changes with every setting")
    func everySetting() {
        let usual = FixtureF.settings()
        let link = SiteCopy.Link(text: "Other", url: "https://other.example.org")
        let changes: [String: (inout RenderSettings) -> Void] = [
            "siteBaseURL": { $0.siteBaseURL = "https://other.mit.edu" },
            "learnBaseURL": { $0.learnBaseURL = "https://rc.learn.mit.edu" },
            "coursewareBaseURL": { $0.coursewareBaseURL = "https://courses.mit.edu" },
            "compatibility": { $0.compatibility = .strict }, "pageSize": { $0.pageSize = 12 },
            "relativeLinks": { $0.relativeLinks = true }, "pages": { $0.pages = false },
            "runVariantSets": { $0.runVariantSets = false },
            "howYoullLearn": { $0.howYoullLearn[.learnByDoing] = "By doing." },
            "site.name": { $0.site.name = "Other" }, "site.canonical": { $0.site.canonical = .learn },
            "site.productLinks": { $0.site.productLinks = .learn }, "site.environment": { $0.site.environment = "rc" },
            "site.copy.provider": { $0.site.copy.provider = link },
            "site.copy.newsletter": { $0.site.copy.newsletter = link },
            "site.copy.exportControlNotice": { $0.site.copy.exportControlNotice = "None." },
            "site.copy.footerLinks": { $0.site.copy.footerLinks = [link] },
            "site.copy.socialLinks": { $0.site.copy.socialLinks = [link] },
        ]
        // A setting that is added is to be added to the fingerprint too.
        let names = labels(of: usual).subtracting(["site"])
            .union(labels(of: usual.site).subtracting(["copy"]).map { "site.\($0)" })
            .union(labels(of: usual.site.copy).map { "site.copy.\($0)" })
        #expect(names == Set(changes.keys))
        var seen = [usual.fingerprint]
        for change in changes.values {
            var settings = usual
            change(&settings)
            #expect(!seen.contains(settings.fingerprint))
            seen.append(settings.fingerprint)
        }
        #expect(FixtureF.settings().fingerprint == usual.fingerprint)
    }

    private func labels(of value: some Any) -> Set<String> {
        Set(Mirror(reflecting: value).children.compactMap(\.label))
    }
}
