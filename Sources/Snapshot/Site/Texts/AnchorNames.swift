/// The ids of sections: the slug of each heading, no two alike on a page (`spec/catalog.md` §10.1).
struct AnchorNames {
    private var taken: Set<String>
    /// The number that the last section of a name got, since a page may have thousands of one name.
    private var lastNumbers: [String: Int] = [:]

    /// Names that none of the ids in `taken` has.
    init(taken: Set<String> = []) {
        self.taken = taken
    }

    /// The id of the next section under `heading`: `refunds`, for the second of that name `refunds-2`.
    mutating func name(for heading: String) -> String {
        let slug = TopicSlug.slug(of: heading)
        let base = slug.isEmpty ? "section" : slug
        var name = base
        var number = lastNumbers[base] ?? 1
        while !taken.insert(name).inserted {
            number += 1
            name = "\(base)-\(number)"
        }
        lastNumbers[base] = number
        return name
    }
}
