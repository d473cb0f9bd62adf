import Snapshot
import Testing

/// Values that stand in several files are read once; what they say and what is wrong with them counts everywhere.
@Suite("The check of shared values")
struct FragmentCheckTests {
    private let check = SnapshotCheck(linkOrigin: SampleCatalog.origin)
    private static let courses = "public/api/v2/courses"

    /// The documents of courses, and a list of one page that has `listed` of them.
    private func artifacts(_ courses: [String], listed: [Int], count: Int? = nil) -> [Artifact] {
        let fragments = courses.map { Fragment(Array($0.utf8)) }
        var pieces: [ArtifactBody.Piece] = [
            .bytes(Array("{\"count\":\(count ?? listed.count),\"next\":null,\"previous\":null,\"results\":[".utf8)[...])
        ]
        for (place, number) in listed.enumerated() {
            if place > 0 { pieces.append(.bytes(Array(",".utf8)[...])) }
            pieces.append(.fragment(fragments[number]))
        }
        pieces.append(.bytes(Array("]}".utf8)[...]))
        let list = ArtifactBody(pieces: pieces)
        return fragments.enumerated().map { number, fragment in
            Artifact(path: "\(Self.courses)/\(number + 5)/index.json", body: ArtifactBody(fragment))
        } + [
            Artifact(path: "\(Self.courses)/index.json", body: list),
            Artifact(path: "\(Self.courses)/page/1/index.json", body: list),
        ]
    }

    private func problems(in artifacts: [Artifact]) -> [String] {
        check.problems(in: artifacts).map(\.description)
    }

    private let sound = [SampleCatalog.course(5), SampleCatalog.course(6)]

    @Test("a sound list of sound documents has no problem")
    func noProblem() {
        #expect(problems(in: artifacts(sound, listed: [0, 1])) == [])
    }

    @Test("what documents say counts in their lists: ids, readable ids, runs, how many there are")
    func facts() {
        let twice = problems(in: artifacts(sound, listed: [0, 0]))
        #expect(twice.contains("\(Self.courses)/index.json /results/1/id: the id 5 occurs twice in the list"))
        #expect(twice.contains { $0.contains("the course run 500 occurs twice") })
        #expect(
            problems(in: artifacts(sound, listed: [0, 1], count: 3))
                == ["\(Self.courses)/index.json /count: is 3, but following next visits 2 items"])
    }

    @Test("what is wrong with a document is reported once, where it stands by itself")
    func broken() {
        let broken = sound[1].replacing("\"availability\":\"dated\"", with: "\"availability\":null")
        #expect(
            problems(in: artifacts([sound[0], broken], listed: [0, 1]))
                == ["\(Self.courses)/6/index.json /availability: is null, and must be a string"])
    }

    @Test("a document that only stands in a list is read there")
    func onlyInList() {
        let lists = artifacts([sound[0], "{\"id\":7"], listed: [0, 1]).filter { !$0.path.contains("/6/") }
        #expect(problems(in: lists).contains { $0.hasPrefix("\(Self.courses)/index.json: is not JSON") })
    }

    @Test("a value in the place of something else is refused, and so is the byte that stands for one")
    func wrongPlace() {
        let count = ArtifactBody(pieces: [
            .bytes(Array("{\"count\":".utf8)[...]), .fragment(Fragment(Array("1".utf8))),
            .bytes(Array(",\"next\":null,\"previous\":null,\"results\":[]}".utf8)[...]),
        ])
        #expect(!problems(in: [Artifact(path: "\(Self.courses)/index.json", body: count)]).isEmpty)
        for text in ["{\"a\":\u{1}}", "[\u{1}]", "\u{1}"] {
            let artifact = Artifact(path: "public/x.json", body: ArtifactBody(Array(text.utf8)))
            #expect(problems(in: [artifact]).first?.contains("is not JSON") == true)
        }
    }
}
