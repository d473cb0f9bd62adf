import Bytes
import Catalog
import Testing

@Suite("What a run is at an instant")
struct RunPredicateTests {
    @Test(
        "a run is open when live, dated, and within its enrollment window",
        arguments: [
            (run(), true), (run(live: false), false), (run(start: nil), false), (run(start: farAhead), true),
            (run(end: longAgo), true), (run(enrollmentStart: nil), false), (run(enrollmentStart: now), true),
            (run(enrollmentStart: justAfter), false), (run(enrollmentEnd: now), false),
            (run(enrollmentEnd: justAfter), true), (run(enrollmentEnd: justBefore), false),
            (run(contract: 16), true), (run(isSourceRun: true), true),
        ])
    func open(run: CourseRun, isOpen: Bool) {
        #expect(run.isOpen(at: now) == isOpen)
    }

    @Test(
        "a run that ends now has neither ended nor not ended",
        arguments: [(nil, false, true), (justBefore, true, false), (now, false, false), (justAfter, false, true)])
    func end(end: Timestamp?, hasEnded: Bool, hasNotEnded: Bool) {
        let run = run(end: end)
        #expect(run.hasEnded(at: now) == hasEnded)
        #expect(run.hasNotEnded(at: now) == hasNotEnded)
        #expect(run.isArchived(at: now) == hasEnded)
    }

    @Test("a closed run is not archived, however long it is over")
    func closed() {
        #expect(!run(end: longAgo, enrollmentEnd: longAgo).isArchived(at: now))
    }

    @Test("a run is dated when open and not self-paced")
    func dated() {
        #expect(run().isDated(at: now))
        #expect(!run(isSelfPaced: true).isDated(at: now))
        #expect(!run(live: false).isDated(at: now))
    }

    @Test(
        "an upgrade needs a live run, a product, the mode verified and time",
        arguments: [
            (run(modes: [audit, verified], product: product), true), (run(modes: [audit], product: product), false),
            (run(modes: [verified]), false), (run(live: false, modes: [verified], product: product), false),
            (run(upgradeDeadline: justAfter, modes: [verified], product: product), true),
            (run(upgradeDeadline: now, modes: [verified], product: product), false),
            (run(enrollmentStart: nil, modes: [verified], product: product), true),
        ])
    func upgradable(run: CourseRun, isUpgradable: Bool) {
        #expect(run.isUpgradable(at: now) == isUpgradable)
    }

    @Test(
        "a source is flagged so or tagged so, to the letter",
        arguments: [
            (run(isSourceRun: true), true), (run(tag: "SOURCE"), true), (run(tag: "source"), false),
            (run(tag: "SOURCE_2"), false), (run(), false),
        ])
    func source(run: CourseRun, isSource: Bool) {
        #expect(run.isSource == isSource)
        #expect(run.isPublic == !isSource)
    }

    @Test("a contract's run is not public, whatever the contract's number")
    func contract() {
        #expect(run(contract: 0).isB2B)
        #expect(!run(contract: 0).isPublic)
    }
}
