import Bytes
import Catalog

/// What MIT Learn makes of a run (`spec/catalog.md` §8.3).
public struct LearnRunVerdict: Hashable, Sendable {
    /// Whether MIT Learn offers the run now.
    public enum Status: String, Sendable {
        case current = "Current"
        case archived = "Archived"
    }

    /// Why a run is stored beside the ordinary ones and never published.
    public enum Variant: String, Sendable {
        /// It is held for an organisation.
        case b2b
        /// Its variant set is not the course's default.
        case language
    }

    /// Primary key of `courses_courserun`.
    public let id: Int
    /// The run's identity on MIT Learn.
    public let coursewareID: String
    /// The title.
    public let title: String
    /// Whether learners see the run.
    public let isPublished: Bool
    /// Nil for an ordinary run.
    public let variant: Variant?
    /// Whether one can enroll and the window is not over by MIT Learn's clock, which is taken to be ours.
    public let isFullyEnrollable: Bool
    /// Current or archived.
    public let status: Status
    /// Prices in US dollars, ascending; none for an archived run.
    public let prices: [Decimal64]
    /// Start, else the start of enrollment.
    public let start: Timestamp?
    /// End.
    public let end: Timestamp?
    /// Whether the run gives its course a certificate.
    public let isCertifying: Bool
    /// What keeps it unpublished, or archived.
    public let reasons: [LearnReason]
}

extension RenderContext {
    /// What MIT Learn makes of `run`.
    func verdict(on run: CourseRun, of course: Course) -> LearnRunVerdict {
        let isLive = course.page?.page.live == true
        let isOpen = run.isOpen(at: now)
        let variant = learnVariant(of: run, in: course)
        let isFullyEnrollable = isOpen && (run.enrollmentEnd ?? run.end).map { $0 >= now } != false
        let isCurrent = course.page != nil && isFullyEnrollable
        let isPublished = variant == nil && isOpen && isLive
        return LearnRunVerdict(
            id: run.id, coursewareID: run.coursewareID, title: run.title, isPublished: isPublished,
            variant: variant, isFullyEnrollable: isFullyEnrollable, status: isCurrent ? .current : .archived,
            prices: isCurrent ? learnPrices(of: run, page: course.page) : [],
            start: run.start ?? run.enrollmentStart, end: run.end,
            isCertifying: isPublished && isCurrent && run.isVerified,
            reasons: reasons(against: run, of: course, variant: variant, isFullyEnrollable: isFullyEnrollable))
    }

    private func learnVariant(of run: CourseRun, in course: Course) -> LearnRunVerdict.Variant? {
        if run.isB2B { return .b2b }
        guard let set = firstVariantSet(of: run, in: course) else { return nil }
        return set.isDefault ? nil : .language
    }

    /// The set by which MIT Learn judges the run: the first of its language, if we send sets at all [D11].
    private func firstVariantSet(of run: CourseRun, in course: Course) -> VariantSet? {
        guard showsVariantSetsOfRuns else { return nil }
        return variantSets(of: run, in: course).first { $0.language == run.language }
    }

    /// Prices follow from the page and the modes; products are not looked at.
    private func learnPrices(of run: CourseRun, page: ProductPage?) -> [Decimal64] {
        let free = Decimal64(units: 0, scale: 2)
        let range = page.map { [$0.minPrice, $0.maxPrice] } ?? []
        guard range.contains(where: { !$0.isZero }) else { return [free] }
        var prices: Set<Decimal64> = run.isVerified ? Set(range) : []
        if run.enrollmentModes.contains(where: { $0.slug == "audit" }) { prices.insert(free) }
        return prices.isEmpty ? [free] : prices.sorted()
    }

    private func reasons(
        against run: CourseRun, of course: Course, variant: LearnRunVerdict.Variant?, isFullyEnrollable: Bool
    ) -> [LearnReason] {
        let table = "courses_courserun"
        var reasons: [LearnReason] = []
        if variant == .b2b {
            reasons.append(
                LearnReason(
                    "run-b2b", table, run.id, "b2b_contract_id", run.b2bContractID.map { "\($0)" } ?? "null",
                    "nothing, it is an organisation's; a run for everybody has no contract"))
        } else if variant == .language, let set = firstVariantSet(of: run, in: course) {
            reasons.append(
                LearnReason(
                    "run-variant", "variants_supportedvariant", set.id, "default_variant", "false",
                    "nothing, it stands behind the course's default; make this set the default one to publish the run"))
        }
        if !run.isOpen(at: now) {
            reasons += reasonsWhyClosed(run)
        } else if !isFullyEnrollable, let end = run.end {
            reasons.append(
                LearnReason(
                    "run-over", table, run.id, "end_date", "\(end)",
                    "set an enrollment_end or end_date that lies ahead in the admin, else it shows as archived, without price"
                ))
        }
        return reasons
    }

    private func reasonsWhyClosed(_ run: CourseRun) -> [LearnReason] {
        let table = "courses_courserun"
        var reasons: [LearnReason] = []
        if !run.live {
            reasons.append(
                LearnReason("run-not-live", table, run.id, "live", "false", "tick “Live” on the run in the admin"))
        }
        if run.start == nil {
            reasons.append(
                LearnReason("run-no-start", table, run.id, "start_date", "null", "set the run's start in the admin"))
        }
        guard let opens = run.enrollmentStart else {
            return reasons + [
                LearnReason(
                    "run-no-enrollment", table, run.id, "enrollment_start", "null",
                    "set from when learners may enroll in the admin")
            ]
        }
        if opens > now {
            reasons.append(
                LearnReason(
                    "run-opens-later", table, run.id, "enrollment_start", "\(opens)",
                    "wait until then, or set it earlier in the admin"))
        }
        if let closes = run.enrollmentEnd, closes <= now {
            reasons.append(
                LearnReason(
                    "run-closed", table, run.id, "enrollment_end", "\(closes)",
                    "set it later in the admin to open the run again"))
        }
        return reasons
    }
}
