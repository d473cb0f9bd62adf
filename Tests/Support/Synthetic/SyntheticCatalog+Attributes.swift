import Bytes
import Store

extension SyntheticCatalog {
    static let topicCount = Words.topics.count * (1 + Words.aspects.count)

    /// What courses, runs and programs are described by.
    func insertAttributes(into session: inout Session) throws -> Int {
        let created = SyntheticCatalog.beginning
        let upper = Words.topics.enumerated().map { (id: $0 + 1, name: $1, parent: Int?.none) }
        let lower = upper.flatMap { topic in
            Words.aspects.enumerated().map { index, aspect in
                (
                    id: Words.topics.count + (topic.id - 1) * Words.aspects.count + index + 1,
                    name: "\(aspect) of \(topic.name)", parent: Int?.some(topic.id)
                )
            }
        }
        return try session.insert("django_content_type", ContentType.allCases) { type in
            ["id": type.id, "app_label": type.application, "model": type.model]
        }
            + session.insert("courses_department", Words.departments.enumerated()) { index, name in
                [
                    "id": index + 1, "created_on": created, "updated_on": created, "name": name,
                    "slug": Words.slug(name.split(separator: " ").joined(separator: "-")),
                ]
            }
            + session.insert("courses_enrollmentmode", [(1, "audit", false), (2, "verified", true)]) { mode in
                ["id": mode.0, "mode_slug": mode.1, "mode_display_name": mode.1, "requires_payment": mode.2]
            }
            + session.insert("courses_coursestopic", upper + lower) { topic in
                [
                    "id": topic.id, "created_on": created, "updated_on": created, "name": topic.name,
                    "parent_id": topic.parent,
                ]
            }
    }
}
