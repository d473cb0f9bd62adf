import Bytes
import Catalog
import Testing

@Suite("Which runs a course shows")
struct CourseRunsTests {
    @Test(
        "the next run is the earliest that has not ended; ties go to the primary language, then to the smaller id",
        arguments: [
            ([run(1, start: farAhead), run(2, start: longAgo)], 2),
            ([run(1, start: longAgo, end: longAgo), run(2, start: farAhead)], 2),
            ([run(1, start: longAgo, end: now), run(2, start: farAhead)], 2),
            ([run(1, start: farAhead, end: longAgo), run(2, start: longAgo, end: longAgo)], 2),
            ([run(1, start: longAgo, end: now)], 1),
            ([run(1), run(2, isPrimary: true)], 2), ([run(2), run(1)], 1),
            ([run(1, isPrimary: true), run(2, isPrimary: true)], 1),
            ([run(1, live: false), run(2, enrollmentEnd: now)], nil), ([], nil),
        ] as [([CourseRun], Int?)])
    func nextRun(runs: [CourseRun], id: Int?) {
        #expect(course(runs: runs).nextRun(at: now)?.id == id)
    }

    @Test(
        "only the primary language, English and no language compete",
        arguments: [
            (run(language: "fr"), false), (run(isPrimary: true, language: "fr"), true), (run(language: ""), true),
            (run(language: "en"), true), (run(language: "EN"), false), (run(language: "en_US"), false),
        ])
    func language(run: CourseRun, competes: Bool) {
        #expect((course(runs: [run]).nextRun(at: now) != nil) == competes)
    }

    @Test("organisations' runs never compete, sources only when asked for [D2]")
    func sources() {
        let runs = [
            run(1, start: longAgo, contract: 16), run(2, start: longAgo, isSourceRun: true), run(3, start: now),
        ]
        #expect(course(runs: runs).nextRun(at: now)?.id == 3)
        #expect(course(runs: runs).nextRun(at: now, includingSource: true)?.id == 2)
        #expect(course(runs: [runs[0]]).nextRun(at: now, includingSource: true) == nil)
    }

    @Test("public runs are shown live or not, sources and organisations' runs are not")
    func publicRuns() {
        let runs = [run(1, live: false), run(2, contract: 1), run(3, tag: "SOURCE"), run(4)]
        #expect(course(runs: runs).publicRuns.map(\.id) == [1, 4])
    }

    @Test(
        "a tag is shown once, where it first appears: by its primary run, else by its first",
        arguments: [
            ([run(1, tag: "a"), run(2, tag: "b"), run(3, tag: "a")], [1, 2]),
            ([run(1, tag: "a"), run(2, tag: "b"), run(3, tag: "a", isPrimary: true)], [3, 2]),
            ([run(1, tag: "a"), run(2, tag: "a", isPrimary: true), run(3, tag: "a", isPrimary: true)], [2]),
            ([run(1, tag: "a", isPrimary: true), run(2, tag: "a", isPrimary: true)], [1]),
            ([run(1, tag: ""), run(2, tag: ""), run(3, tag: "A"), run(4, tag: "a")], [1, 3, 4]),
            ([run(1, tag: "é"), run(2, tag: "e\u{301}")], [1, 2]),
        ])
    func onePerTag(runs: [CourseRun], ids: [Int]) {
        #expect(runs.onePerTag.map(\.id) == ids)
    }
}
