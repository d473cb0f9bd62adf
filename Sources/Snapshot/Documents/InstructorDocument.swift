import Bytes
import Catalog

extension RenderContext {
    /// The instructors who have a document (`spec/catalog.md` §6.9): their page is live and so is that of a course or program
    /// that they teach, neither hidden by a view restriction nor an organisation's; by name.
    func shownInstructors() -> [Instructor] {
        let pages =
            catalog.courses.compactMap(\.page) + catalog.programs.filter { !$0.b2bOnly }.compactMap(\.page)
            + catalog.unownedProductPages
        func isVisible(_ page: Page) -> Bool { page.live && !catalog.siteMap.isRestricted(page) }
        let teaching = Set(pages.filter { isVisible($0.page) }.flatMap(\.instructors).compactMap(\.instructor?.page.id))
        let shown = catalog.instructors.filter { isVisible($0.page) && teaching.contains($0.page.id) }
        return shown.sorted { left, right in
            let (leftName, rightName) = (ByteKey(left.name), ByteKey(right.name))
            return leftName == rightName ? left.page.id < right.page.id : leftName < rightName
        }
    }

    /// Encodes an instructor.
    mutating func document(of instructor: Instructor) -> Fragment {
        var buffer = documentBuffer()
        buffer.object { write(instructor, into: &$0) }
        return stored(buffer)
    }
}
