/// The last look at a finished snapshot before anything of it is served (`spec/catalog.md` §5.5.3, §8.5): one document
/// that MIT Learn's import cannot read would stop that import for the whole catalog.
public struct SnapshotCheck: Sendable {
    /// What links between pages begin with: scheme and host without a slash at the end, or nothing for links relative
    /// to the host's root.
    public let linkOrigin: String
    /// How many problems are reported at most.
    public let limit: Int
    /// Whether the limits of what MIT Learn can store count; a snapshot that reproduces the existing application may exceed
    /// them as that does.
    public let enforcesLimits: Bool

    /// A check of snapshots whose links begin with `linkOrigin`.
    public init(linkOrigin: String, enforcesLimits: Bool = true, limit: Int = 20) {
        self.linkOrigin = linkOrigin
        self.enforcesLimits = enforcesLimits
        self.limit = limit
    }

    /// The first ``limit`` reasons why what `artifacts` hold must not be published; none for a sound snapshot. Whether their
    /// paths may be, ``pathProblems(in:)`` says.
    public func problems(in artifacts: [Artifact]) -> [SnapshotProblem] {
        var run = CheckRun(limit: limit, enforcesLimits: enforcesLimits)
        for artifact in artifacts where run.problems.count < limit { run.check(artifact) }
        if run.problems.count < limit { run.problems += run.chains.problems(origin: linkOrigin) }
        return Array(run.problems.prefix(limit))
    }
}

/// What is known while the artifacts of one snapshot are gone through.
private struct CheckRun {
    var problems: [SnapshotProblem] = []
    var chains = ListChains()

    private let limit: Int
    private let enforcesLimits: Bool
    private static let shapes = ShapeTables()
    private var scratch: [UInt8] = []
    /// What was found in documents that were read, so that a copy of one is not read again.
    private var read: [Reading: DocumentFacts] = [:]

    /// The same for values that stand in several documents; they live as long as the artifacts that are checked.
    private var fragments: [FragmentReading: DocumentFacts] = [:]

    private struct FragmentReading: Hashable {
        let fragment: ObjectIdentifier
        let shape: ShapeTables.Name
    }

    private struct Reading: Hashable {
        let body: BodyIdentity
        let shape: ShapeTables.Name
    }

    init(limit: Int, enforcesLimits: Bool) {
        self.limit = limit
        self.enforcesLimits = enforcesLimits
    }

    mutating func check(_ artifact: Artifact) {
        guard artifact.path.utf8.suffix(5).elementsEqual(".json".utf8) else { return }
        let kind = DocumentKind(path: artifact.path)
        let reading = Reading(body: BodyIdentity(artifact.body), shape: ShapeTables.Name(kind))
        let facts = read[reading] ?? self.read(artifact, as: reading)
        switch kind {
        case .page(_, let base, let number):
            chains.add(path: artifact.path, body: reading.body, facts: facts, base: base, number: number)
        case .array:
            if Set(facts.ids).count < facts.ids.count { report("", "an id occurs twice in the list", on: artifact) }
        case .detail(_, let name):
            if facts.ids.first.map(String.init) != name, facts.readableIDs.first != name {
                report("", "neither id nor readable_id is the name of the document's folder", on: artifact)
            }
        case .other: break
        }
    }

    private mutating func read(_ artifact: Artifact, as reading: Reading) -> DocumentFacts {
        if artifact.body.pieces.count == 1, case .fragment(let fragment) = artifact.body.pieces[0] {
            return facts(of: fragment, as: reading.shape, in: artifact)
        }
        var items: [DocumentFacts] = []
        for piece in artifact.body.pieces {
            if case .fragment(let fragment) = piece {
                items.append(facts(of: fragment, as: reading.shape.item, in: artifact))
            }
        }
        scratch.removeAll(keepingCapacity: true)
        for piece in artifact.body.pieces {
            switch piece {
            case .bytes(let slice): scratch.append(contentsOf: slice)
            case .fragment: scratch.append(JSONSkimmer.placeholder)
            case .snapshotID: scratch.append(contentsOf: ArtifactBody.placeholder)
            }
        }
        let facts = readScratch(items: items, as: reading.shape, in: artifact)
        read[reading] = facts
        return facts
    }

    /// What the value says; it is read once however many files have it.
    private mutating func facts(of fragment: Fragment, as shape: ShapeTables.Name, in artifact: Artifact)
        -> DocumentFacts
    {
        let reading = FragmentReading(fragment: ObjectIdentifier(fragment), shape: shape)
        if let known = fragments[reading] { return known }
        scratch.removeAll(keepingCapacity: true)
        fragment.forEachRun { scratch.append(contentsOf: $0) }
        let facts = readScratch(items: [], as: shape, in: artifact)
        fragments[reading] = facts
        return facts
    }

    private mutating func readScratch(
        items: [DocumentFacts], as shape: ShapeTables.Name, in artifact: Artifact
    ) -> DocumentFacts {
        let reader = scratch.withUnsafeBufferPointer { bytes in
            ShapeReader(
                bytes, items: items, table: Self.shapes[shape], limit: limit - problems.count,
                enforcesLimits: enforcesLimits)
        }
        problems += reader.findings.map {
            SnapshotProblem(path: artifact.path, pointer: $0.pointer, text: $0.text)
        }
        return reader.facts
    }

    private mutating func report(_ pointer: String, _ text: String, on artifact: Artifact) {
        problems.append(SnapshotProblem(path: artifact.path, pointer: pointer, text: text))
    }
}

/// The shapes of all kinds of documents, laid out once.
private struct ShapeTables {
    enum Name: Hashable {
        case course, program, identified
        case courseList, programList, identifiedList
        case identifiedArray
        case anything

        init(_ kind: DocumentKind) {
            switch kind {
            case .page(.courses, _, _), .page(.internalCourses, _, _): self = .courseList
            case .page(.programs, _, _): self = .programList
            case .page: self = .identifiedList
            case .array: self = .identifiedArray
            case .detail(.courses, _), .detail(.internalCourses, _): self = .course
            case .detail(.programs, _): self = .program
            case .detail: self = .identified
            case .other: self = .anything
            }
        }

        /// The shape of the items of a list of this shape.
        var item: Name {
            switch self {
            case .courseList: .course
            case .programList: .program
            case .identifiedList, .identifiedArray: .identified
            case .course, .program, .identified, .anything: .anything
            }
        }
    }

    private let course = ShapeTable(.course)
    private let program = ShapeTable(.program)
    private let identified = ShapeTable(.identified)
    private let courseList = ShapeTable(.envelope(of: .course))
    private let programList = ShapeTable(.envelope(of: .program))
    private let identifiedList = ShapeTable(.envelope(of: .identified))
    private let identifiedArray = ShapeTable(.array(.item(.identified)))
    private let anything = ShapeTable(.anything)

    subscript(name: Name) -> ShapeTable {
        switch name {
        case .course: course
        case .program: program
        case .identified: identified
        case .courseList: courseList
        case .programList: programList
        case .identifiedList: identifiedList
        case .identifiedArray: identifiedArray
        case .anything: anything
        }
    }
}
