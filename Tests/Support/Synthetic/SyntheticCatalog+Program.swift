import Bytes

extension SyntheticCatalog {
    /// A program without its texts.
    struct Program {
        let id: Int
        let title: String
        let live: Bool
        let type: String?
        let isForContracts: Bool
        let isShownAsCourse: Bool
        let departments: [Int]
        /// In cents, nil without a product.
        let price: Int64?
        /// When it starts, nil for one that can be taken at any time.
        let start: Timestamp?
        let page: ProductPage?
        let requirements: [Requirement]

        var readableID: String { "program-v1:SynthX+P\(id)" }

        init(_ id: Int, in catalog: SyntheticCatalog) {
            var random = SyntheticCatalog.random(.program, id)
            self.id = id
            title = "\(Words.title(&random)) \(random.pick(["Program", "Series", "Path", "Credential"]))"
            live = random.chance(94)
            type = random.pick(["Series", "Series", "MicroMasters®", "Professional Certificate", nil])
            isForContracts = random.chance(4)
            isShownAsCourse = random.chance(4)
            departments = random.some(random.number(1...2), of: 1...Words.departments.count)
            price = random.chance(70) ? Int64(random.number(199...1999) * 100) : nil
            start = random.chance(30) ? SyntheticCatalog.now.adding(seconds: 86_400 * 70) : nil
            let slug = Words.slug("program-v1:SynthX+P\(id)")
            page = random.chance(95) ? ProductPage(ofProgram: id, title: title, slug: slug, in: catalog) : nil
            requirements = Requirement.tree(of: id, in: catalog)
        }
    }
}
