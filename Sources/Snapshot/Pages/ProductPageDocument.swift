import Bytes
import Catalog
import Markup

extension RenderContext {
    /// Encodes the page of a course or program (`spec/catalog.md` §6.8); `details` is the catalog's own document of what the
    /// page describes.
    mutating func document(of page: ProductPage, details: [ArraySlice<UInt8>]) -> Fragment {
        let type: PageType = page.kind == .course ? .course : .program
        var buffer = documentBuffer()
        var detailsPlace = 0
        buffer.object { object in
            object.member("id", page.page.id)
            writeMeta(of: page.page, type: type, into: &object)
            writeText(of: page, into: &object)
            writeFaculty(of: page, into: &object)
            writeCertificate(of: page, type: type, into: &object)
            object.objects("how_youll_learn", page.howYoullLearn) { writer, way in
                writer.member("key", way.rawValue)
                writer.member("icon", way.icon)
                writer.member("title", way.title)
                writer.member("text", settings.howYoullLearn[way] ?? "")
            }
            object.key(page.kind == .course ? "course_details" : "program_details")
            detailsPlace = object.buffer.count
            switch page.kind {
            case .course: object.objects("topic_list", topicList(of: page)) { write($1, into: &$0) }
            case .program: object.memberText("list_price", page.listPrice)
            }
            object.member("include_in_learn_catalog", page.includeInLearnCatalog)
            if page.kind == .course {
                object.member("ingest_content_files_for_ai", page.ingestContentFilesForAI)
            }
            object.member("show_stay_updated", page.showStayUpdated)
        }
        let bytes = keep(buffer)
        return stored([bytes[..<detailsPlace]] + details + [bytes[detailsPlace...]])
    }

    private func writeText(of page: ProductPage, into object: inout JSONObjectWriter) {
        object.member("title", page.page.title)
        object.member("description", page.description.map(expanded))
        object.member("length", page.length)
        object.member("effort", page.effort)
        object.member("min_weekly_hours", page.minWeeklyHours)
        object.member("max_weekly_hours", page.maxWeeklyHours)
        object.member("min_weeks", page.minWeeks)
        object.member("max_weeks", page.maxWeeks)
        object.member("price", json: page.price.stream(valueKeys: ["text", "link"]))
        object.memberText("min_price", page.minPrice)
        object.memberText("max_price", page.maxPrice)
        object.member("prerequisites", page.prerequisites.map(expanded))
        object.member("faq_url", page.faqURL)
        object.member("about", page.about.map(expanded))
        object.member("what_you_learn", page.whatYouLearn.map(expanded))
        object.key("feature_image")
        if let image = page.featureImage {
            object.buffer.object { writer in
                writer.member("title", image.title)
                writer.member("image_url", MediaURL.path(of: image))
                writer.member("height", image.height)
                writer.member("width", image.width)
            }
        } else {
            object.buffer.append("null")
        }
        object.member("video_url", page.videoURL)
        object.member("faculty_section_title", page.facultySectionTitle)
    }

    private func writeFaculty(of page: ProductPage, into object: inout JSONObjectWriter) {
        let links = isStrict ? page.instructors : page.instructors.filter { $0.instructor != nil }
        object.objects("faculty", links) { writer, link in
            if let instructor = link.instructor {
                write(instructor, into: &writer)
            } else {
                for name: StaticString in [
                    "instructor_title", "instructor_bio_short", "instructor_bio_long", "feature_image_src",
                ] {
                    writer.member(name, nil as String?)
                }
            }
        }
    }

    /// The members of somebody who teaches (§6.9), the lives as they are stored.
    func write(_ instructor: Instructor, into object: inout JSONObjectWriter) {
        object.member("id", instructor.page.id)
        object.member("instructor_name", instructor.name)
        object.member("instructor_title", instructor.title)
        object.member("instructor_bio_short", instructor.shortBio)
        object.member("instructor_bio_long", instructor.longBio)
        object.member("feature_image_src", source(of: instructor.featureImage))
    }

    private func writeCertificate(of page: ProductPage, type: PageType, into object: inout JSONObjectWriter) {
        object.key("certificate_page")
        guard let certificate = page.certificatePage, !catalog.siteMap.isRestricted(certificate.page) else {
            return object.buffer.append("null")
        }
        object.buffer.object { write(certificate, parent: (page, type), into: &$0) }
    }

    /// The members of a certificate page: below a product page with its parent, on its own without.
    func write(
        _ certificate: CertificatePage, parent: (page: ProductPage, type: PageType)?,
        into object: inout JSONObjectWriter
    ) {
        object.member("id", certificate.page.id)
        writeMeta(of: certificate.page, type: .certificate, parent: parent, into: &object)
        object.member("title", certificate.page.title)
        object.member("product_name", certificate.productName)
        object.member("CEUs", certificate.ceus)
        object.member("overrides", json: certificate.overrides.stream(valueKeys: ["readable_id", "CEUs"]))
        object.objects("signatory_items", certificate.signatories) { writer, signatory in
            writer.member("name", signatory.name)
            writer.member("title_1", signatory.titles[0])
            writer.member("title_2", signatory.titles[1])
            writer.member("title_3", signatory.titles[2])
            writer.member("organization", signatory.organization)
            writer.member("signature_image", signatory.signature.map { MediaURL.path(of: $0) })
        }
    }

    /// The page's topics by the names of their parents, parents themselves last, then by name.
    private func topicList(of page: ProductPage) -> [(topic: Topic, parent: Topic?)] {
        page.topics.map { ($0, $0.parentID.flatMap { catalog.topics[$0] }) }.sorted { left, right in
            switch (left.1, right.1) {
            case (nil, _?): false
            case (_?, nil): true
            case (let leftParent?, let rightParent?) where ByteKey(leftParent.name) != ByteKey(rightParent.name):
                nameRank(leftParent) < nameRank(rightParent)
            default: nameRank(left.0) < nameRank(right.0)
            }
        }
    }

    private func write(_ entry: (topic: Topic, parent: Topic?), into object: inout JSONObjectWriter) {
        object.member("name", entry.topic.name)
        object.member("parent", entry.parent?.name)
    }

    /// Rich text with the addresses of what it links to (§7.9).
    private func expanded(_ html: String) -> String {
        RichText.expanded(html, from: self)
    }
}

extension RenderContext: RichTextSource {
    func pageURL(id: Int) -> String? {
        catalog.pages[id].flatMap { catalog.siteMap.relativeURL(of: $0) }
    }

    func documentFileName(id: Int) -> String? { catalog.media.documentFileName(id: id) }

    func image(id: Int, filterSpec: String) -> RichTextImage? {
        guard let image = catalog.media.images[id], !image.file.isEmpty else { return nil }
        let rendition = image.renditions.first { $0.filter == filterSpec }
        return RichTextImage(
            url: rendition.map { MediaURL.path(of: $0.file) } ?? MediaURL.path(of: image),
            width: rendition?.width ?? image.width, height: rendition?.height ?? image.height)
    }

    func embedHTML(url: String) -> String? { catalog.media.embeds[url] }
}
