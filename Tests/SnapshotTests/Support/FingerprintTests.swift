import Catalog
import Snapshot
import Testing

@Suite("The fingerprint of settings")
struct FingerprintTests {
    @Test("changes with every setting")
    func everySetting() {
        let usual = FixtureF.settings()
        let changes: [String: (inout RenderSettings) -> Void] = [
            "siteBaseURL": { $0.siteBaseURL = "https://other.mit.edu" },
            "learnBaseURL": { $0.learnBaseURL = "https://rc.learn.mit.edu" },
            "coursewareBaseURL": { $0.coursewareBaseURL = "https://courses.mit.edu" },
            "compatibility": { $0.compatibility = .strict }, "pageSize": { $0.pageSize = 12 },
            "relativeLinks": { $0.relativeLinks = true }, "pages": { $0.pages = false },
            "runVariantSets": { $0.runVariantSets = false },
            "howYoullLearn": { $0.howYoullLearn[.learnByDoing] = "By doing." },
        ]
        // A setting that is added is to be added to the fingerprint too.
        #expect(Set(Mirror(reflecting: usual).children.compactMap(\.label)) == Set(changes.keys))
        var seen = [usual.fingerprint]
        for change in changes.values {
            var settings = usual
            change(&settings)
            #expect(!seen.contains(settings.fingerprint))
            seen.append(settings.fingerprint)
        }
        #expect(FixtureF.settings().fingerprint == usual.fingerprint)
    }
}
