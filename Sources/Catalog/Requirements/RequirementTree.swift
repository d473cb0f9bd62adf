import Bytes

/// What a learner must complete in a program: nodes in tree order, the root first.
public struct RequirementTree: Sendable {
    /// All nodes in the order of their paths, so that every node follows its parent.
    public let nodes: [RequirementNode]

    /// The program's nodes that hang on no tree, in the order of their paths. They require nothing, but a course or program
    /// that one names counts as part of the program, as in the existing application, which asks for the rows alone.
    public let orphans: [RequirementNode]

    /// The tree of `nodes`, which are in the order of their paths, as are `orphans`.
    public init(nodes: [RequirementNode] = [], orphans: [RequirementNode] = []) {
        self.nodes = nodes
        self.orphans = orphans
    }

    /// The tree of a program's nodes, which are in the order of their paths: those whose parents are there, up to the first
    /// root; what is cut off are its orphans.
    public init(joining nodes: [RequirementNode]) {
        var paths: Set<ByteKey> = []
        var connected: [RequirementNode] = []
        var orphans: [RequirementNode] = []
        for node in nodes {
            let hasParent = node.depth == 1 ? paths.isEmpty : paths.contains(node.parentPath)
            if hasParent, node.hasWholePath {
                paths.insert(ByteKey(node.path))
                connected.append(node)
            } else {
                orphans.append(node)
            }
        }
        self.init(nodes: connected, orphans: orphans)
    }

    /// A node with all that stands below it.
    public struct Branch: Sendable {
        /// The node.
        public let node: RequirementNode
        /// What stands directly below it, in order.
        public let children: [Branch]
    }

    /// The root with all that stands below it; nil without a root.
    public var root: Branch? {
        guard let first = nodes.first, first.depth == 1 else { return nil }
        return Branch(node: first, children: branches)
    }

    /// How many nodes of the program stand where only one root should.
    public var rootCount: Int {
        (nodes + orphans).count { $0.depth == 1 && $0.hasWholePath }
    }

    /// What stands directly below the root; empty without a root.
    public var branches: [Branch] {
        guard nodes.first?.depth == 1 else { return [] }
        var index = 1
        return branches(depth: 2, from: &index)
    }

    private func branches(depth: Int, from index: inout Int) -> [Branch] {
        var found: [Branch] = []
        while index < nodes.count, nodes[index].depth == depth {
            let node = nodes[index]
            index += 1
            found.append(Branch(node: node, children: branches(depth: depth + 1, from: &index)))
        }
        return found
    }
}
