import Bytes
import Catalog

extension RenderContext {
    /// The instructors who have a document (`spec/catalog.md` §6.9): their page is live and so is that of a course or program
    /// that they teach; by name.
    func shownInstructors() -> [Instructor] {
        let pages =
            catalog.courses.compactMap(\.page) + catalog.programs.compactMap(\.page) + catalog.unownedProductPages
        let teaching = Set(pages.filter(\.page.live).flatMap(\.instructors).compactMap(\.instructor?.page.id))
        let shown = catalog.instructors.filter { $0.page.live && teaching.contains($0.page.id) }
        return shown.sorted { left, right in
            let (leftName, rightName) = (ByteKey(left.name), ByteKey(right.name))
            return leftName == rightName ? left.page.id < right.page.id : leftName < rightName
        }
    }

    /// Encodes an instructor.
    func document(of instructor: Instructor) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.object { write(instructor, into: &$0) }
        return buffer.bytes
    }
}
