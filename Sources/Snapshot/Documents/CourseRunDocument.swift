import Bytes
import Catalog

extension RenderContext {
    /// Writes a run (`spec/catalog.md` §6.2.2); for MIT Learn's ETL with the variant sets of the course, where it looks for
    /// them [D11].
    mutating func write(_ run: CourseRun, of course: Course, for audience: Audience, into buffer: inout ByteBuffer) {
        let label = LanguageLabel.label(of: run.language, compatible: isStrict)
        if label == LanguageLabel.unknown {
            warnings.add(
                "language-unknown", "courses_courserun", run.id,
                "Has a language code that no label is known for; set one of the two-letter codes.")
        }
        buffer.object { object in
            object.member("title", run.title)
            object.member("start_date", run.start)
            object.member("end_date", run.end)
            object.member("enrollment_start", run.enrollmentStart)
            object.member("enrollment_end", run.enrollmentEnd)
            object.member("expiration_date", run.expiration)
            object.member("courseware_url", coursewareURL(of: run))
            object.member("courseware_id", run.coursewareID)
            object.member("certificate_available_date", run.certificateAvailable)
            object.member("upgrade_deadline", run.upgradeDeadline)
            object.member("is_upgradable", run.isUpgradable(at: now))
            object.member("is_enrollable", run.isOpen(at: now))
            object.member("is_archived", run.isArchived(at: now))
            object.member("is_self_paced", run.isSelfPaced)
            object.member("run_tag", run.runTag)
            object.member("id", run.id)
            object.member("live", run.live)
            object.member("course_number", CourseKey.courseNumber(of: run.coursewareID))
            object.objects("enrollment_modes", run.enrollmentModes) { $0.write($1) }
            object.member("language", run.language)
            object.member("is_primary_language", run.isPrimaryLanguage)
            object.member("language_label", label)
            object.member("variant_industry", run.variantIndustry)
            object.member("variant_length", run.variantLength)
            object.member("course_id", run.courseID)
            object.objects("products", [run.product].compactMap(\.self)) { $0.write($1) }
            object.member("approved_flexible_price_exists", false)
            object.member("b2b_contract", run.b2bContractID)
            if case .etl = audience, showsVariantSetsOfRuns { writeVariantSets(of: run, in: course, into: &object) }
        }
    }

    /// Whether MIT Learn's ETL is shown the variant sets of runs [D11].
    var showsVariantSetsOfRuns: Bool { settings.runVariantSets && !isStrict }

    private func writeVariantSets(of run: CourseRun, in course: Course, into object: inout JSONObjectWriter) {
        object.objects("possible_variant_sets", variantSets(of: run, in: course)) { $0.write($1) }
    }

    /// A run for MIT Learn's ETL: as everybody sees it, if that is known, with the variant sets in addition.
    mutating func etlRun(
        _ run: CourseRun, of course: Course, knownAs known: ArraySlice<UInt8>?
    ) -> [ArraySlice<UInt8>] {
        guard let known else {
            var buffer = documentBuffer()
            write(run, of: course, for: .etl, into: &buffer)
            return [keep(buffer)[...]]
        }
        guard showsVariantSetsOfRuns else { return [known] }
        if course.variants.isEmpty { return [known.dropLast(), Fixed.noVariantSets] }
        var buffer = documentBuffer()
        buffer.object { writeVariantSets(of: run, in: course, into: &$0) }
        // The object's opening brace is where the run goes on.
        var addition = keep(buffer)
        addition[0] = UInt8(ascii: ",")
        return [known.dropLast(), addition[...]]
    }

    private func coursewareURL(of run: CourseRun) -> String? {
        guard run.hasCoursewareURL, !run.coursewareID.isEmpty else { return nil }
        return "\(settings.coursewareBaseURL)/learn/course/\(run.coursewareID)/home"
    }

    /// The course's variant sets, the run's own first, then the default ones: MIT Learn takes the first that has the run's
    /// language (§6.4).
    func variantSets(of run: CourseRun, in course: Course) -> [VariantSet] {
        func rank(_ set: VariantSet) -> Int {
            if set.language == run.language, set.length == run.variantLength, set.industry == run.variantIndustry {
                return 0
            }
            return set.isDefault ? 1 : 2
        }
        return course.variants.sorted { (rank($0), $0.id) < (rank($1), $1.id) }
    }
}

extension RenderContext {
    /// A run on its own, as everybody sees it.
    mutating func encoded(_ run: CourseRun, of course: Course) -> ArraySlice<UInt8> {
        var buffer = documentBuffer()
        write(run, of: course, for: .everyone, into: &buffer)
        return keep(buffer)[...]
    }
}
