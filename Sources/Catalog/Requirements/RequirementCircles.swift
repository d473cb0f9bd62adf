/// Programs that require each other in a circle: nobody could ever complete them.
struct RequirementCircles {
    /// A program that requires itself.
    struct Way {
        /// The program.
        let program: Int
        /// The nodes of the shortest way from it back to it.
        let nodes: [RequirementNode]
    }

    private let nodes: [Int: [RequirementNode]]
    /// The programs that require themselves, directly or by way of others, in the order of their ids.
    private(set) var ways: [Way] = []

    /// The circles among the programs, by the nodes of each that name a program and count.
    init(_ nodes: [Int: [RequirementNode]]) {
        // What leads nowhere and what nothing leads to is on no circle. Mostly nothing is left after that.
        let core = Self.peeled(nodes) { $0.requiredProgramID }
        let reversed = Dictionary(grouping: core.values.joined()) { $0.requiredProgramID ?? 0 }
        let onCircles = Set(Self.peeled(reversed) { $0.programID }.keys)
        self.nodes = core.filter { onCircles.contains($0.key) }
        for program in onCircles.sorted() {
            if let way = way(from: program) { ways.append(Way(program: program, nodes: way)) }
        }
    }

    /// The edges without those that lead to a place from which nothing leads on, again and again.
    private static func peeled(
        _ edges: [Int: [RequirementNode]], to end: (RequirementNode) -> Int?
    ) -> [Int: [RequirementNode]] {
        var incoming: [Int: [Int]] = [:]
        var open = edges.mapValues { _ in 0 }
        for (place, nodes) in edges {
            for node in nodes {
                guard let end = end(node), edges[end] != nil else { continue }
                incoming[end, default: []].append(place)
                open[place, default: 0] += 1
            }
        }
        var dead = open.filter { $0.value == 0 }.map(\.key)
        while let place = dead.popLast() {
            open[place] = nil
            for before in incoming[place] ?? [] {
                guard let number = open[before] else { continue }
                open[before] = number - 1
                if number == 1 { dead.append(before) }
            }
        }
        return edges.filter { open[$0.key] != nil }
            .mapValues { $0.filter { end($0).map { open[$0] != nil } ?? false } }
    }

    /// The nodes of the shortest way from the program back to it.
    private func way(from program: Int) -> [RequirementNode]? {
        var arrival: [Int: RequirementNode] = [:]
        var found = [program]
        var next = 0
        while next < found.count, arrival[program] == nil {
            for node in nodes[found[next]] ?? [] {
                guard let id = node.requiredProgramID, arrival[id] == nil else { continue }
                arrival[id] = node
                found.append(id)
            }
            next += 1
        }
        guard var node = arrival[program] else { return nil }
        var way = [node]
        while node.programID != program, let before = arrival[node.programID] {
            way.append(before)
            node = before
        }
        return way.reversed()
    }
}
