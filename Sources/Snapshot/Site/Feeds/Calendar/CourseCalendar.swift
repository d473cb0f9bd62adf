import Bytes
import Catalog

/// `course.ics` beside the page of a course: the dates of the runs that learners are offered, for their calendars.
enum CourseCalendar {
    /// The name of the file in the folder of the course's page.
    static let fileName = "course.ics"

    /// The file; nil for a course without page or without events.
    static func artifact(of course: Course, _ context: RenderContext, _ plan: SitePlan) -> Artifact? {
        guard let product = course.page, let path = plan.path(of: product.page), context.hasCalendar(course) else {
            return nil
        }
        let settings = context.settings
        let title = product.shownTitle(else: context.title(of: course))
        var writer = CalendarWriter(into: ByteBuffer(capacity: 2048))
        writer.add("BEGIN:VCALENDAR")
        writer.add("VERSION:2.0")
        writer.add("PRODID:-//mitxonline-flows//Course dates//EN")
        writer.add("CALSCALE:GREGORIAN")
        writer.add("METHOD:PUBLISH")
        writer.add("X-WR-CALNAME:", text: title)
        let owner = EventOwner(
            title: title, url: settings.url(ofSitePath: path), host: settings.siteHost,
            stamp: product.page.lastPublished)
        for run in course.offeredRuns(at: context.now) {
            for event in CourseEvent.events(of: run) { writer.add(event, of: run, owner) }
        }
        writer.add("END:VCALENDAR")
        return Artifact(
            path: "\(SnapshotRenderer.publicRoot)/\(path)\(fileName)",
            body: ArtifactBody(context.stored([writer.buffer.fittedBytes[...]])))
    }
}

extension RenderContext {
    /// Whether the page of the course, if it has one, has a calendar beside it.
    func hasCalendar(_ course: Course) -> Bool {
        course.offeredRuns(at: now).contains { !CourseEvent.events(of: $0).isEmpty }
    }
}

extension RenderSettings {
    /// The host of the site, with its port where the address names one.
    fileprivate var siteHost: String {
        siteBaseURL.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init)
            ?? siteBaseURL
    }
}

/// What the events of a course have in common.
struct EventOwner {
    let title: String
    let url: String
    let host: String
    /// When the course's page was last published, which is when what its events say was last settled.
    let stamp: Timestamp?
}

extension CalendarWriter {
    /// Writes an event. Without a length it lasts for the day, or for the instant at which it begins (RFC 5545 §3.6.1).
    mutating func add(_ event: CourseEvent, of run: CourseRun, _ owner: EventOwner) {
        add("BEGIN:VEVENT")
        add("UID:", text: "\(event.kind.rawValue)-\(run.id)@\(owner.host)")
        add("DTSTAMP:") { $0.appendCalendarTime(owner.stamp ?? event.instant) }
        if event.kind.isWholeDay {
            add("DTSTART;VALUE=DATE:") { $0.append(event.instant.date, separator: "") }
        } else {
            add("DTSTART:") { $0.appendCalendarTime(event.instant) }
        }
        // A run in another language has a title of its own.
        add("SUMMARY:", text: "\(event.kind.words): \(run.title.isEmpty ? owner.title : run.title)")
        let language = LanguageLabel.label(of: run.language)
        let isKnown = !language.isEmpty && language != LanguageLabel.unknown
        add("DESCRIPTION:", text: (isKnown ? "\(run.runTag), \(language)" : run.runTag) + "\n" + owner.url)
        add("URL:") { $0.append(owner.url) }
        add("TRANSP:TRANSPARENT")
        add("END:VEVENT")
    }
}
