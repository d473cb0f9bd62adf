import Bytes
import Store

extension SyntheticCatalog {
    static let documentCount = 20
    static let embedCount = 40

    /// The image of a person's face.
    static func portrait(_ number: Int) -> Int { 1_000_000 + number }
    /// The image of a signature.
    static func signature(_ number: Int) -> Int { 2_000_000 + number }
    /// The address of a video.
    static func embedURL(_ number: Int) -> String { "https://video.example.org/films/\(number)" }

    /// Images with their renditions, documents and embedded films.
    func insertMedia(into session: inout Session) throws -> Int {
        let created = SyntheticCatalog.beginning
        let pictures = (1...courseCount).lazy.map { (id: $0, name: $0 % 40 == 7 ? "été \($0)" : "course-\($0)") }
        let people = (1...instructorCount).lazy.map { (id: Self.portrait($0), name: "portrait-\($0)") }
        let signatures = (1...signatoryCount).lazy.map { (id: Self.signature($0), name: "signature-\($0)") }
        let images = [Array(pictures), Array(people), Array(signatures)].joined()
        return try session.insert("wagtailcore_collection", [1]) { id in
            ["id": id, "path": "0001", "depth": 1, "numchild": 0, "name": "Root"]
        }
            + session.insert("wagtailimages_image", images) { image in
                var random = SyntheticCatalog.random(.image, image.id)
                return [
                    "id": image.id, "title": image.name, "file": "original_images/\(image.name).png", "width": 1600,
                    "height": 900, "created_at": created, "collection_id": 1, "file_hash": Self.hash(&random),
                    "description": "",
                ]
            } + insertRenditions(into: &session) + insertDocuments(into: &session)
    }

    private func insertRenditions(into session: inout Session) throws -> Int {
        // Renditions are made when somebody first looks at them: not all exist.
        let renditions = (1...courseCount).lazy.flatMap { image in
            [500, 800].filter { ($0 / 100 + image) % 7 != 0 }.map { (image: image, width: $0) }
        }
        return try session.insert("wagtailimages_rendition", renditions) { rendition in
            [
                "id": rendition.image * 1000 + rendition.width,
                "file": "images/course-\(rendition.image).width-\(rendition.width).png", "width": rendition.width,
                "height": rendition.width * 9 / 16, "focal_point_key": "", "filter_spec": "width-\(rendition.width)",
                "image_id": rendition.image,
            ]
        }
    }

    private func insertDocuments(into session: inout Session) throws -> Int {
        let created = SyntheticCatalog.beginning
        return try session.insert("wagtaildocs_document", 1...Self.documentCount) { number in
            [
                "id": number, "title": "Reading list \(number)", "file": "documents/reading list \(number).pdf",
                "created_at": created, "collection_id": 1, "file_hash": "",
            ]
        }
            + session.insert("wagtailembeds_embed", 1...Self.embedCount) { number in
                [
                    "id": number, "url": Self.embedURL(number), "type": "video",
                    "html": "<iframe width=\"560\" height=\"315\" src=\"\(Self.embedURL(number))\"></iframe>",
                    "title": "Film \(number)", "author_name": "", "provider_name": "", "thumbnail_url": "",
                    "last_updated": created, "hash": "\(number)",
                ]
            }
    }

    /// Forty digits, as a SHA-1 has.
    private static func hash(_ random: inout SeededGenerator) -> String {
        let digits = (0..<3).map { _ in String(random.next() | 1 << 63, radix: 16) }
        return String(digits.joined().prefix(40))
    }
}
