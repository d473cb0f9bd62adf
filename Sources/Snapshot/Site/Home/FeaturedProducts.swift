import Bytes
import Catalog

extension SiteRenderer {
    /// A product that editors put on the home page, and when it starts.
    private struct Featured {
        let card: CardView
        let start: Timestamp?
    }

    /// The products that `home` shows, what starts soonest first, what has started last (`spec/catalog.md` §10.3).
    func featuredCards(of home: HomePage, at place: PagePlace) -> [CardView] {
        let featured = home.featuredPageIDs.compactMap { self.featured($0, at: place) }
        let now = context.now
        let ahead = featured.filter { $0.start.map { $0 >= now } ?? true }
        let begun = featured.filter { $0.start.map { $0 < now } ?? false }
        let sortedAhead = ahead.enumerated().sorted { left, right in
            let (leftStart, rightStart) = (left.element.start ?? .distantFuture, right.element.start ?? .distantFuture)
            return (leftStart, left.offset) < (rightStart, right.offset)
        }
        let sortedBegun = begun.enumerated().sorted { left, right in
            left.element.start == right.element.start
                ? left.offset < right.offset
                : (right.element.start ?? .distantFuture) < (left.element.start ?? .distantFuture)
        }
        return (sortedAhead + sortedBegun).map(\.element.card)
    }

    private func featured(_ pageID: Int, at place: PagePlace) -> Featured? {
        if let course = plan.courses.first(where: { $0.page?.page.id == pageID }) {
            let run = course.nextRun(at: context.now)
            var card = card(of: course, at: place)
            card.dateText = dateText(ofFeatured: run)
            return Featured(card: card, start: run?.start)
        }
        guard let program = plan.programs.first(where: { $0.page?.page.id == pageID }) else { return nil }
        let courses = program.requirements.namedCourseIDs.compactMap { context.catalog.course($0) }
        let run = courses.flatMap(\.runs).filter { $0.live && $0.isPublic && $0.start != nil }.min(by: Self.startsFirst)
        return Featured(card: card(of: program, at: place), start: run?.start)
    }

    /// What the card of a course says of its next run where no list's rules apply (§10.3, §10.5). "Starts" with a day
    /// that is over would read as a mistake.
    func dateText(ofFeatured run: CourseRun?) -> String {
        guard let run, let start = run.start, !run.isSelfPaced else { return "Start Anytime" }
        return "\(start > context.now ? "Starts" : "Started") \(DateText.day(of: start))"
    }
}

extension Timestamp {
    fileprivate static let distantFuture = Timestamp(microseconds: .max)
}
