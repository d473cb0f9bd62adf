import Bytes

/// Which of a course's runs are shown and which one is next.
extension Course {
    /// The runs that everybody may see, live or not, by id.
    public var publicRuns: [CourseRun] { runs.filter(\.isPublic) }

    /// The run to point a learner to: the earliest open public one that has not ended, else the earliest open one
    /// (`spec/catalog.md` §4, firstUnexpired).
    ///
    /// Only the primary language and English compete. `includingSource` lets source runs compete, as the existing
    /// application does in its internal and pages documents [D2].
    public func nextRun(at now: Timestamp, includingSource: Bool = false) -> CourseRun? {
        let candidates = runs.filter { run in
            !run.isB2B && (includingSource || !run.isSource) && run.isOpen(at: now)
                && (run.isPrimaryLanguage || run.language == "" || run.language == "en")
        }
        return (candidates.filter { $0.hasNotEnded(at: now) }.min(by: startsFirst))
            ?? candidates.min(by: startsFirst)
    }

    private func startsFirst(_ left: CourseRun, _ right: CourseRun) -> Bool {
        if let leftStart = left.start, let rightStart = right.start, leftStart != rightStart {
            return leftStart < rightStart
        }
        if left.isPrimaryLanguage != right.isPrimaryLanguage { return left.isPrimaryLanguage }
        return left.id < right.id
    }
}

extension [CourseRun] {
    /// One run a run tag, in the order in which the tags appear (`spec/catalog.md` §6.3).
    ///
    /// The primary language stands for its variants; without one the first run does.
    public var onePerTag: [CourseRun] {
        var places: [ByteKey: Int] = [:]
        var shown: [CourseRun] = []
        for run in self {
            let tag = ByteKey(run.runTag)
            guard let place = places[tag] else {
                places[tag] = shown.count
                shown.append(run)
                continue
            }
            if run.isPrimaryLanguage, !shown[place].isPrimaryLanguage { shown[place] = run }
        }
        return shown
    }
}
