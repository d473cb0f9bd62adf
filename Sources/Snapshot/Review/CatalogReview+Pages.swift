import Bytes
import Catalog

/// What is missing or odd on the pages of courses and programs.
extension CatalogReview {
    /// The longest title that cards and tabs of browsers show whole.
    private static let longTitle = 80
    /// The longest description that search engines show whole.
    private static let longSearchDescription = 160

    mutating func lookAt(_ page: ProductPage, table: String) {
        guard isShown(page) else { return }
        lookAtTexts(of: page, table)
        lookAtImage(of: page, table)
        lookAtInstructors(of: page, table)
        lookAtWorkload(of: page, table)
        lookAtSearchTexts(of: page)
        lookAtReferences(of: page, table: table)
    }

    private mutating func lookAtTexts(of page: ProductPage, _ table: String) {
        let id = page.page.id
        if !context.hasText(page.description) {
            add(
                .warning, "description-missing", table, id, "Has no description, and MIT Learn shows none",
                "write one on the page in the CMS")
        }
        if page.length.allSatisfy(\.isWhitespace) {
            add(
                .note, "length-missing", table, id, "Does not say how long it takes (length)",
                "say so on the page in the CMS, such as “6 weeks”")
        }
        if page.kind == .course, page.topics.isEmpty {
            add(
                .warning, "topics-missing", table, id, "Has no topics, so that nobody finds it by one",
                "choose topics on the page in the CMS")
        }
    }

    private mutating func lookAtImage(of page: ProductPage, _ table: String) {
        guard let image = page.featureImage else {
            return add(
                .warning, "image-missing", table, page.page.id,
                "Has no feature image, so that cards and MIT Learn show none",
                "choose one on the page in the CMS")
        }
        if image.file.isEmpty {
            add(
                .warning, "image-without-file", table, page.page.id,
                "Has the feature image “\(image.title)” (wagtailimages_image \(image.id)), which has no file",
                "upload the image again, or choose another")
        }
    }

    private mutating func lookAtInstructors(of page: ProductPage, _ table: String) {
        if page.instructors.isEmpty, page.kind == .course {
            add(
                .note, "instructors-missing", table, page.page.id, "Names nobody who teaches it",
                "add instructors on the page in the CMS")
        }
        for link in page.instructors {
            guard let instructor = link.instructor else {
                add(
                    .warning, "instructor-link-empty", "cms_instructorpagelink", link.id,
                    "Has an entry among its instructors that names nobody",
                    "choose an instructor there, or take the entry away")
                continue
            }
            if instructor.name.allSatisfy(\.isWhitespace) {
                add(
                    .warning, "instructor-without-name", "cms_instructorpage", instructor.page.id,
                    "Has no instructor_name, so that MIT Learn shows a nameless instructor",
                    "fill in the name on the instructor's page in the CMS")
            }
        }
    }

    private mutating func lookAtWorkload(of page: ProductPage, _ table: String) {
        let id = page.page.id
        if let least = page.minWeeks, let most = page.maxWeeks, least > most {
            add(
                .warning, "weeks-order", table, id, "Takes at least \(least) weeks and at most \(most)",
                "exchange or correct min_weeks and max_weeks")
        }
        let hours = [("min_weekly_hours", page.minWeeklyHours), ("max_weekly_hours", page.maxWeeklyHours)]
        for (column, text) in hours where !text.isEmpty && Int(text) == nil {
            add(
                .warning, "hours-not-number", table, id,
                "Has the \(column) “\(text)”, which is no whole number, so that MIT Learn shows no hours",
                "write one number there")
        }
        if let least = Int(page.minWeeklyHours), let most = Int(page.maxWeeklyHours), least > most {
            add(
                .warning, "hours-order", table, id, "Takes at least \(least) hours a week and at most \(most)",
                "exchange or correct min_weekly_hours and max_weekly_hours")
        }
    }

    private mutating func lookAtSearchTexts(of page: ProductPage) {
        let (text, id) = (page.page.searchDescription, page.page.id)
        if text.allSatisfy(\.isWhitespace) {
            add(
                .note, "search-description-missing", "wagtailcore_page", id,
                "Has no search description, so that search engines choose a text of their own",
                "write one on the page's tab for promotion in the CMS")
        } else if text.count > Self.longSearchDescription {
            add(
                .note, "search-description-long", "wagtailcore_page", id,
                "Has a search description of \(text.count) characters, of which search engines show about "
                    + "\(Self.longSearchDescription)",
                "shorten it on the page's tab for promotion in the CMS")
        }
    }

    /// What is odd about the title of a course or program.
    mutating func lookAtTitle(_ title: String, table: String, id: Int) {
        if title.first?.isWhitespace == true || title.last?.isWhitespace == true {
            add(
                .warning, "title-spaces", table, id, "Has a title that begins or ends with a space",
                "take the space away in the admin")
        }
        if title.count > Self.longTitle {
            add(
                .note, "title-long", table, id,
                "Has a title of \(title.count) characters; cards show about \(Self.longTitle)", "shorten it")
        }
    }
}
