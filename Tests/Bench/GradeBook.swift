import Support
import Synchronization

/// The grades that the stand-in of Open edX tells of runs whose keys say how many enrollments there are in all: everybody has
/// passed. An answer takes 20 ms.
enum GradeBook {
    /// The beginning of the paths.
    static let path = "/api/grades/v1/courses/"
    private static let delay = Duration.milliseconds(20)
    private static let books = Mutex<[Int: [[Int]]]>([:])

    /// The key of a run.
    static func key(_ run: Int, of enrollments: Int) -> String { "course-v1:\(enrollments)+\(run)+3T2026" }

    /// A page.
    static func answer(_ request: LoopbackRequest) -> LoopbackReply {
        let key = request.path.dropFirst(path.count).dropLast()
        let parts = key.dropFirst("course-v1:".count).split(separator: "+").compactMap { Int($0) }
        guard parts.count >= 2, let learners = learners(ofRun: parts[1], among: parts[0]) else {
            return .json("{}", status: 404)
        }
        let start = request.parameter("cursor").flatMap { Int($0) } ?? 0
        let end = min(start + 100, learners.count)
        let entries = learners[start..<end].map { learner in
            #"{"username":"learner_\#(learner)","email":"","course_id":"\#(key)","passed":true,"percent":0.87,"letter_grade":"Pass"}"#
        }
        let next = end < learners.count ? #""http://lms.test\#(path)\#(key)/?cursor=\#(end)&page_size=100""# : "null"
        let body = #"{"next":\#(next),"previous":null,"results":[\#(entries.joined(separator: ","))]}"#
        return .json(body).delivered(.delayed(delay))
    }

    private static func learners(ofRun run: Int, among enrollments: Int) -> [Int]? {
        books.withLock { books in
            let book = books[enrollments] ?? SyntheticEnrollments(enrollments, failed: 0, areDue: true).learnersOfRuns
            books[enrollments] = book
            return book.indices.contains(run - 1) ? book[run - 1] : nil
        }
    }
}
