import Bytes
import Foundation

/// One run of MIT Learn's import: it walks our lists as its fetcher does and keeps what it makes of the items
/// (`spec/catalog.md` §5.3, §8.1).
public struct LearnImport: Sendable {
    /// The courses, in the list's order.
    public let courses: [LearnCourse]
    /// The programs, in the list's order.
    public let programs: [LearnProgram]

    /// Imports the catalog behind the two addresses that Learn is configured with.
    ///
    /// - Parameter get: The document at a path and query of the server, nil for an answer that is not JSON.
    /// - Throws: ``LearnFailure`` where Learn raises: then the import ends and nothing is pruned.
    public init(
        coursesURL: String, programsURL: String, now: Timestamp, learnBaseURL: String,
        get: (String) throws -> JSONValue?
    ) throws {
        courses = try Self.items(at: coursesURL, get: get)
            .compactMap { try LearnCourse($0, now: now, learnBaseURL: learnBaseURL) }
        programs = try Self.items(at: programsURL, get: get)
            .map { try LearnProgram($0, learnBaseURL: learnBaseURL) }
    }

    /// The course with that readable id.
    public func course(_ readableID: String) -> LearnCourse? {
        courses.first { $0.readableID == readableID }
    }

    /// The readable ids of the courses that Learn unpublishes because they stood in the earlier list and not in this one;
    /// an empty list prunes nothing.
    public func pruned(since earlier: LearnImport) -> [String] {
        guard !courses.isEmpty else { return [] }
        let present = Set(courses.map { ByteKey($0.readableID) })
        return earlier.courses.map(\.readableID).filter { !present.contains(ByteKey($0)) }
    }

    /// All items of the list at `url`: its first page is asked with `?live=True`, each further one as `next` says. Of
    /// `next` only path and query are used, and its host, if it names one, must be that of `url`.
    public static func items(at url: String, get: (String) throws -> JSONValue?) throws -> [JSONValue] {
        guard let first = URLComponents(string: url) else {
            throw LearnFailure(item: url, field: "url", problem: "is not a URL")
        }
        var items: [JSONValue] = []
        var asked: Set<String> = []
        var target: String? = first.percentEncodedPath + "?live=True"
        while let current = target {
            guard asked.insert(current).inserted else {
                throw LearnFailure(item: current, field: "next", problem: "leads in a circle")
            }
            guard let document = try get(current), let results = document["results"]?.array else {
                throw LearnFailure(item: current, field: "results", problem: "is missing")
            }
            items += results
            target = try document["next"]?.string.map { try Self.target(of: $0, like: first) }
        }
        return items
    }

    private static func target(of next: String, like first: URLComponents) throws -> String {
        guard let components = URLComponents(string: next) else {
            throw LearnFailure(item: next, field: "next", problem: "is not a URL")
        }
        if components.host != nil, authority(components) != authority(first) {
            throw LearnFailure(item: next, field: "next", problem: "names another host than \(authority(first))")
        }
        return components.percentEncodedPath + (components.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    private static func authority(_ url: URLComponents) -> String {
        (url.host ?? "").lowercased() + (url.port.map { ":\($0)" } ?? "")
    }
}
