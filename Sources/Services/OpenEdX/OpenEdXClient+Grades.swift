import Bytes
import HTTP

extension OpenEdXClient {
    /// How many grades a page has, the most that the LMS gives.
    static let gradesPerPage = 100
    /// An old LMS sends the grades of a whole course at once.
    private static let largestGradePage = 64 << 20
    /// How long a call for grades goes on after a signal: it only asks, and a stopping job has 20 s (EDX-107).
    private static let gradesGrace = Duration.seconds(5)

    /// A page of the grades of the learners who are in the run, in the order of their enrollment: the first one, or the one at
    /// `place` (`spec/openedx.md` §3.14).
    ///
    /// - Throws: ``ServiceError``; also when an entry is of another run.
    public func grades(
        in run: String, at place: OpenEdXGradePage.Place? = nil
    ) async throws(ServiceError) -> OpenEdXGradePage {
        let call = OpenEdXCall.grades
        guard let place else {
            let size = [(name: "page_size", value: "\(Self.gradesPerPage)")]
            return try await gradePage(request(call, .get, Self.gradesPath(of: run), query: size), of: run)
        }
        return try await gradePage(request(call, .get, place.target), of: run)
    }

    /// The grade of one learner: a page with one entry; nil when the LMS does not know the learner, or not in that run.
    ///
    /// - Throws: ``ServiceError``; also when the grade is another learner's, to whom it would go otherwise.
    public func grade(of username: String, in run: String) async throws(ServiceError) -> OpenEdXGradePage? {
        let request = request(.grades, .get, Self.gradesPath(of: run), query: [("username", username)])
        let page: OpenEdXGradePage
        do {
            page = try await gradePage(request, of: run)
        } catch  where error.status == 404 {
            return nil
        }
        guard page.grades.allSatisfy({ $0.username.lowercased() == username.lowercased() }) else {
            throw OpenEdXCall.grades.error("the grade is not of the learner who was asked for")
        }
        return page
    }

    /// The error for a list whose pages lead in a circle.
    public var endlessGrades: ServiceError { OpenEdXCall.grades.error("the list does not end") }

    private static func gradesPath(of run: String) -> String { "/api/grades/v1/courses/\(OpenEdXPath.run(run))/" }

    private func gradePage(_ request: Request, of run: String) async throws(ServiceError) -> OpenEdXGradePage {
        let call = OpenEdXCall.grades
        var request = request
        request.headers = [try serviceWorker(call)]
        request.responseLimit = Self.largestGradePage
        request.grace = Self.gradesGrace
        let response = try await followed(request, call)
        guard response.status == 200, let document = response.json ?? response.jsonWithoutNaN else {
            throw call.error(response, from: settings.lms.origin, now: time.now())
        }
        let next = document["next"]?.string.flatMap { $0.isEmpty ? nil : Redirect($0, from: request.url)?.target }
        guard let entries = document.array ?? document["results"]?.array else {
            throw call.error("the page has no results")
        }
        do {
            return try OpenEdXGradePage(entries, of: run, next: next.map { OpenEdXGradePage.Place(target: $0) })
        } catch {
            throw call.error(error.words)
        }
    }
}

extension Response {
    /// The body as JSON, in which Python's words for what is no number stand for null; nil when it is something else.
    fileprivate var jsonWithoutNaN: JSONValue? {
        let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
        var result: [UInt8] = []
        result.reserveCapacity(body.count)
        var isInString = false
        var index = 0
        while index < body.count {
            let byte = body[index]
            if !isInString, let word = words.first(where: { body[index...].starts(with: $0) }) {
                result += Array("null".utf8)
                index += word.count
                continue
            }
            result.append(byte)
            index += 1
            if byte == UInt8(ascii: "\"") { isInString.toggle() }
            if isInString, byte == UInt8(ascii: "\\"), index < body.count {
                result.append(body[index])
                index += 1
            }
        }
        return try? JSONValue(parsing: result)
    }
}
