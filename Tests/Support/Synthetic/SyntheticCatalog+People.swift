import Bytes
import Store

extension SyntheticCatalog {
    /// Instructors, signatories and program collections, each with its row of the page tree.
    func insertPeople(into session: inout Session) throws -> Int {
        let section = Section.instructors.page
        let rows = (1...instructorCount).lazy.map { number in
            let name = person(.instructors, number)
            return section.child(
                number, id: PageID.instructor(number), slug: "\(Words.slug(name))-\(number)", title: name,
                type: .instructorpage, live: number % 30 != 29)
        }
        return try insertRows(of: rows, into: &session)
            + session.insert("cms_instructorpage", 1...instructorCount) { number in
                var prose = Prose(random: SyntheticCatalog.random(.person, number), catalog: self)
                return [
                    "page_ptr_id": PageID.instructor(number), "instructor_name": person(.instructors, number),
                    "instructor_title": "Professor of \(prose.random.pick(Words.topics))",
                    "instructor_bio_short": prose.paragraph(sentences: 1...2),
                    "instructor_bio_long": prose.paragraphs(1...3),
                    "feature_image_id": prose.random.chance(80) ? SyntheticCatalog.portrait(number).bind : .null,
                ]
            }
            + insertSignatories(into: &session) + insertCollections(into: &session)
    }

    private func person(_ section: Section, _ number: Int) -> String {
        var random = SyntheticCatalog.random(.person, number + section.rawValue << 32)
        return Words.person(&random)
    }

    private func insertSignatories(into session: inout Session) throws -> Int {
        let section = Section.signatories.page
        let rows = (1...signatoryCount).lazy.map { number in
            section.child(
                number, id: PageID.signatory(number), slug: "signatory-\(number)",
                title: "Signatory-\(person(.signatories, number))", type: .signatorypage)
        }
        return try insertRows(of: rows, into: &session)
            + session.insert("cms_signatorypage", 1...signatoryCount) { number in
                [
                    "page_ptr_id": PageID.signatory(number), "name": person(.signatories, number),
                    "title_1": "Faculty Lead", "organization": "Synthetic University",
                    "signature_image_id": SyntheticCatalog.signature(number),
                ]
            }
    }

    private func insertCollections(into session: inout Session) throws -> Int {
        let section = Section.collections.page
        let rows = (1...collectionCount).lazy.map { number in
            section.child(
                number, id: PageID.collection(number), slug: "collection-\(number)", title: "Collection \(number)",
                type: .programcollection, live: number % 10 != 9)
        }
        let items = (1...collectionCount).lazy.flatMap { number in
            var random = SyntheticCatalog.random(.page, PageID.collection(number))
            return random.some(8, of: 1...programCount).enumerated().map { index, program in
                (id: number * 8 + index, order: index + 1, collection: PageID.collection(number), program: program)
            }
        }
        return try insertRows(of: rows, into: &session)
            + session.insert("courses_programcollection", 1...collectionCount) { number in
                var prose = Prose(random: SyntheticCatalog.random(.texts, PageID.collection(number)), catalog: self)
                return [
                    "page_ptr_id": PageID.collection(number), "description": prose.paragraphs(1...2),
                ]
            }
            + session.insert("courses_programcollectionitem", items) { item in
                [
                    "id": item.id, "sort_order": item.order, "collection_id": item.collection,
                    "program_id": item.program,
                ]
            }
    }
}
