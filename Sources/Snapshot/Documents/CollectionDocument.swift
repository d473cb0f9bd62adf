import Bytes
import Catalog

extension RenderContext {
    /// Whether the collection has a document: drafts have none, but in `strict` [D5].
    func isShown(_ collection: ProgramCollection) -> Bool {
        isStrict || collection.page.live
    }

    /// What the collection lists: only programs that everybody may see, but in `strict` [D5].
    private func shownItems(of collection: ProgramCollection) -> [(item: ProgramCollection.Item, program: Program)] {
        collection.items.compactMap { item in
            guard let program = catalog.program(item.programID), isStrict || (program.live && !program.b2bOnly),
                !leftOutPrograms.contains(program.id)
            else { return nil }
            return (item, program)
        }
    }

    /// Encodes a collection (`spec/catalog.md` §6.7); its rich text stays as it is stored.
    func document(of collection: ProgramCollection) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.object { object in
            object.member("id", collection.page.id)
            object.member("title", collection.page.title)
            object.member("description", collection.description)
            object.objects("programs", shownItems(of: collection)) { writer, entry in
                writer.member("id", entry.program.id)
                writer.member("title", title(of: entry.program))
                writer.member("order", entry.item.order)
            }
        }
        return buffer.fittedBytes
    }

    /// The ids of the collections that list each program, by the place in the collection (none last), then by id (§6.5,
    /// row 5).
    func collectionIDsByProgram() -> [Int: [Int]] {
        var entries: [Int: [(order: Int, collection: Int)]] = [:]
        for collection in catalog.collections where isShown(collection) {
            for item in collection.items {
                entries[item.programID, default: []].append((item.order ?? Int.max, collection.page.id))
            }
        }
        return entries.mapValues { $0.sorted { $0 < $1 }.map(\.collection) }
    }
}
