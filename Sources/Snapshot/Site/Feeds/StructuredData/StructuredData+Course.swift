import Bytes
import Catalog
import Markup

extension StructuredData {
    /// What the page of a course says; nil for a course without a page.
    func course(_ course: Course) -> SafeHTML? {
        guard let page = course.page, let url = url(of: course) else { return nil }
        let view = context.view(of: course, for: .everyone, departments: course.departments)
        let nextRun = course.runs.first { $0.id == view.nextRunID }
        return document("Course") { object in
            writeBeginning(
                of: page, title: context.title(of: course), url: url, courseCode: courseCode(of: course, nextRun),
                into: &object)
            object.memberIfAny("inLanguage", course.publicRuns.map(\.languageTag).distinct)
            object.memberIfAny("about", context.topicNames(of: page).distinct)
            object.memberIfAny("coursePrerequisites", page.prerequisites.map { HTMLText.text(of: $0) })
            if view.offersCertificate {
                let programs = view.programIDs.compactMap { context.catalog.program($0) }
                object.member("educationalCredentialAwarded", CertificateType.of(programs.first))
            }
            writeOffers(of: course, nextRun, into: &object)
            writeInstances(of: course, page, into: &object)
        }
    }

    private func courseCode(of course: Course, _ nextRun: CourseRun?) -> String {
        if let nextRun { return CourseKey.courseNumber(of: nextRun.coursewareID) }
        return course.number ?? course.readableID
    }

    private func writeOffers(of course: Course, _ nextRun: CourseRun?, into object: inout JSONObjectWriter) {
        let nothing = Decimal64(units: 0, scale: 0)
        let isFree = course.publicRuns.onePerTag.contains { $0.enrollmentModes.contains { $0.slug == "audit" } }
        let offers: [(category: String, price: Decimal64)] =
            (isFree ? [("Free", nothing)] : []) + (nextRun?.product.map { [("Paid", $0.price)] } ?? [])
        guard !offers.isEmpty else { return }
        object.objects("offers", offers) { writer, offer in
            writer.begin("Offer")
            writer.member("category", offer.category)
            if offer.price.isZero { writer.member("price", 0) } else { writer.memberNumber("price", offer.price) }
            writer.member("priceCurrency", "USD")
        }
    }

    private func writeInstances(of course: Course, _ page: ProductPage, into object: inout JSONObjectWriter) {
        let runs = course.offeredRuns(at: context.now)
        guard !runs.isEmpty else { return }
        let hours = page.maxWeeklyHours.wholeNumber
        let instructors = context.shownInstructors(of: page).map(\.name).distinct
        object.objects("hasCourseInstance", runs) { instance, run in
            instance.begin("CourseInstance")
            instance.member("courseMode", "Online")
            if let start = run.start { instance.member("startDate", start) }
            if let end = run.end { instance.member("endDate", end) }
            if let hours {
                instance.member("courseWorkload", "PT\(hours)H")
                if let weeks = page.maxWeeks {
                    instance.object("courseSchedule") { schedule in
                        schedule.begin("Schedule")
                        schedule.member("repeatFrequency", "Weekly")
                        schedule.member("repeatCount", weeks)
                    }
                }
            }
            guard !instructors.isEmpty else { return }
            instance.objects("instructor", instructors) { person, name in
                person.begin("Person")
                person.member("name", name)
            }
        }
    }
}

extension CourseRun {
    /// The language as BCP 47 writes it, `pt-BR`; empty for none.
    fileprivate var languageTag: String {
        String(decoding: language.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }
}

extension String {
    /// The number that the text, a free one, is; nil for a text that is no whole number.
    fileprivate var wholeNumber: Int? {
        let digits = drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        return digits.allSatisfy { ("0"..."9").contains($0) } ? Int(String(digits)) : nil
    }
}
