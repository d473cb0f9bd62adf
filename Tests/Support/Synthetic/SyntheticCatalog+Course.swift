import Bytes

extension SyntheticCatalog {
    /// A course without its texts.
    struct Course {
        let id: Int
        let title: String
        /// What stands between the organisation and the run in a courseware id, such as `6.1017x`.
        let number: String
        let live: Bool
        let departments: [Int]
        let variants: [Variant]
        let runs: [Run]
        /// The page, nil for a course that has none.
        let page: ProductPage?

        var readableID: String { "course-v1:SynthX+\(number)" }

        init(_ id: Int, in catalog: SyntheticCatalog) {
            var random = SyntheticCatalog.random(.course, id)
            self.id = id
            departments = random.some(random.chance(25) ? 2 : 1, of: 1...Words.departments.count)
            number = "\(departments[0]).\(1000 + id)x"
            title = Words.title(&random)
            live = random.chance(93)
            runs = Run.runs(of: id, number: number, title: title, in: catalog)
            var languages: [String] = []
            for run in runs where !run.isPrimary && !languages.contains(run.language) { languages.append(run.language) }
            variants = languages.isEmpty ? [] : Variant.variants(of: id, languages: languages)
            let slug = Words.slug("course-v1:SynthX+\(number)")
            page = random.chance(96) ? ProductPage(ofCourse: id, title: title, slug: slug, in: catalog) : nil
        }
    }

    /// An edition that a course may be held in.
    struct Variant {
        let id: Int
        let courseID: Int
        let language: String
        let isDefault: Bool
        let isActive: Bool
        let isForContracts: Bool

        /// English and then `languages`; of those the third and later are for contracts only.
        static func variants(of course: Int, languages: [String]) -> [Variant] {
            (["en"] + languages).enumerated().map { index, language in
                Variant(
                    id: course * 8 + index, courseID: course, language: language, isDefault: index == 0,
                    isActive: index == 0 || course % 5 != 0, isForContracts: index > 2)
            }
        }
    }
}
