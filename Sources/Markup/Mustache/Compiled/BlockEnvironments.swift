/// What replaces the blocks of a template, by the number of such a set; equal sets have one number.
///
/// A body that replaces a block belongs to the template where it stands: blocks in it are replaced by what replaces that
/// template's blocks, not by its neighbours.
struct BlockEnvironments {
    /// A body and the set that holds for the blocks in it.
    struct Override {
        let block: TemplateBlock
        let environment: Int
    }

    private struct Key: Hashable {
        let block: ObjectIdentifier
        let environment: Int
    }

    private var sets: [[String: Override]] = [[:]]
    private var numbers: [[String: Key]: Int] = [[:]: 0]

    /// The number of the set in which nothing is replaced.
    static let empty = 0

    /// What replaces the block `name`, nil when nothing does.
    func override(of name: String, in environment: Int) -> Override? {
        sets[environment][name]
    }

    /// The set `environment` and `blocks`, of which those count that are not replaced in it already.
    mutating func adding(_ blocks: [TemplateBlock], to environment: Int) -> Int {
        if blocks.isEmpty { return environment }
        var set = sets[environment]
        let own = Dictionary(
            blocks.map { ($0.name, Override(block: $0, environment: environment)) }, uniquingKeysWith: { $1 })
        set.merge(own) { outer, _ in outer }
        let key = set.mapValues { Key(block: ObjectIdentifier($0.block), environment: $0.environment) }
        if let number = numbers[key] { return number }
        sets.append(set)
        numbers[key] = sets.count - 1
        return sets.count - 1
    }
}
