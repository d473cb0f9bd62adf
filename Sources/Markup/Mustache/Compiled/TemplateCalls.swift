/// Which templates include which, to find those that would never end.
struct TemplateCalls {
    private struct Call {
        let from: Int
        let to: Int
        let place: TemplatePlace
        let includes: [TemplatePlace]
    }

    /// The calls that are made for the same records as their template: whatever is asked around them has the same answer
    /// again.
    private var calls: [Call] = []

    mutating func add(
        from: Int, to: Int, isDeeper: Bool, _ place: TemplatePlace, _ includes: [TemplatePlace]
    ) {
        if !isDeeper { calls.append(Call(from: from, to: to, place: place, includes: includes)) }
    }

    /// - Throws: ``TemplateError`` when templates include each other in a circle without going on to other records.
    func check() throws(TemplateError) {
        let callers = Dictionary(grouping: calls, by: \.from)
        for call in calls where reaches(call.from, from: call.to, callers) {
            throw TemplateError(
                call.place, "the template includes itself for the same record, which would never end",
                includes: call.includes)
        }
    }

    private func reaches(_ goal: Int, from start: Int, _ callers: [Int: [Call]]) -> Bool {
        var seen: Set<Int> = [start]
        var waiting = [start]
        while let next = waiting.popLast() {
            if next == goal { return true }
            for call in callers[next] ?? [] where seen.insert(call.to).inserted { waiting.append(call.to) }
        }
        return false
    }
}
