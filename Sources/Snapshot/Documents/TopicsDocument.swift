import Bytes
import Catalog

extension RenderContext {
    /// Whether the catalog pages, departments and topics list the course: it and its page are live and somebody can enroll
    /// (`spec/catalog.md` §6.6, §10.2). An organisation's run counts only in `strict` [D4].
    func isInCatalog(_ course: Course) -> Bool {
        course.live && course.page?.page.live == true && !leftOutCourses.contains(course.id)
            && course.runs.contains { !$0.isSource && (isStrict || !$0.isB2B) && $0.isOpen(at: now) }
    }

    /// Encodes the topics with the catalog's courses (§6.10).
    func topicsDocument() -> [UInt8] {
        var courses: [Int: Set<Int>] = [:]
        for course in catalog.courses where isInCatalog(course) {
            for topic in course.page?.topics ?? [] {
                courses[topic.id, default: []].insert(course.id)
                if let parent = topic.parentID { courses[parent, default: []].insert(course.id) }
            }
        }
        let slugs = TopicSlug.slugs(of: catalog.topics.values.sorted { $0.id < $1.id })
        let topics = inNameOrder(catalog.topics.values.filter { courses[$0.id] != nil })
        let children = Dictionary(grouping: topics) { $0.parentID }
        var buffer = ByteBuffer()
        buffer.array(children[nil] ?? []) { buffer, topic in
            buffer.object { object in
                func writeName(_ topic: Topic, into object: inout JSONObjectWriter) {
                    object.member("id", topic.id)
                    object.member("name", topic.name)
                    object.member("slug", slugs[topic.id])
                }
                func writeCourses(of topic: Topic, into object: inout JSONObjectWriter) {
                    object.array("course_ids", courses[topic.id, default: []].sorted()) { $0.append($1) }
                }
                writeName(topic, into: &object)
                object.objects("children", children[topic.id] ?? []) { writer, child in
                    writeName(child, into: &writer)
                    writeCourses(of: child, into: &writer)
                }
                writeCourses(of: topic, into: &object)
            }
        }
        return buffer.fittedBytes
    }
}
