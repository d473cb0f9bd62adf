import Bytes
import Catalog
import Markup

/// What pages say to machines in the words of schema.org, as JSON-LD (`spec/catalog.md` §10.7).
struct StructuredData {
    let context: RenderContext
    let plan: SitePlan

    init(_ context: RenderContext, plan: SitePlan) {
        self.context = context
        self.plan = plan
    }

    /// Begins a description of the type `type` that stands on its own.
    func document(_ type: StaticString, _ body: (inout JSONObjectWriter) -> Void) -> SafeHTML {
        SafeHTML { buffer in
            buffer.object { object in
                object.member("@context", "https://schema.org")
                object.begin(type)
                body(&object)
            }
        }
    }

    /// What courses and programs have in common, down to the image.
    func writeBeginning(
        of page: ProductPage, title: String, url: String, courseCode: String? = nil,
        into object: inout JSONObjectWriter
    ) {
        object.member("@id", url)
        object.member("url", url)
        object.member("name", page.shownTitle(else: title))
        object.memberIfAny("description", page.description.map { HTMLText.text(of: $0) })
        object.memberIfAny("courseCode", courseCode)
        object.object("provider") { provider in
            provider.begin("Organization")
            provider.member("name", context.settings.site.copy.provider.text)
            provider.memberIfAny("url", context.settings.site.copy.provider.url)
        }
        object.memberIfAny("image", MediaLink.absoluteURL(of: page.featureImage, settings: context.settings))
    }

    /// The address under which a course is to be known; nil for a course without a page.
    func url(of course: Course) -> String? {
        url(plan.path(of: course), onLearn: context.settings.learnURL(of: course))
    }

    /// The address under which a program is to be known; nil for a program without a page.
    func url(of program: Program) -> String? {
        url(plan.path(of: program), onLearn: context.settings.learnURL(of: program))
    }

    private func url(_ path: String?, onLearn learnURL: String) -> String? {
        path.map { path in
            switch context.settings.site.canonical {
            case .ownSite: context.settings.url(ofSitePath: path)
            case .learn: learnURL
            }
        }
    }
}

extension JSONObjectWriter {
    /// The member that says what the object describes.
    mutating func begin(_ type: StaticString) {
        key("@type")
        buffer.append("\"")
        buffer.append(type)
        buffer.append("\"")
    }

    /// A member with a text; none for an empty text.
    mutating func memberIfAny(_ name: StaticString, _ text: String?) {
        if let text, !text.isEmpty { member(name, text) }
    }

    /// A member with texts; none without any.
    mutating func memberIfAny(_ name: StaticString, _ texts: [String]) {
        if !texts.isEmpty { array(name, texts) { $0.appendJSON($1) } }
    }
}

extension [String] {
    /// Each text once, where it stands first; empty ones are left out.
    var distinct: [String] {
        var seen: Set<ByteKey> = []
        return filter { !$0.isEmpty && seen.insert(ByteKey($0)).inserted }
    }
}
