import Bytes
import Support
import Testing

@Suite("A readable id in a query")
struct ReadableIDTests {
    private static let empty = #"{"count":0,"next":null,"previous":null,"results":[]}"#
    private static let noPages = #"{"meta":{"total_count":0},"items":[]}"#

    @Test(
        "is found however a client writes it",
        arguments: [
            "course-v1:MITx%2B6.100x", "course-v1%3AMITx%2B6.100x", "course-v1%3aMITx%2b6.100x",
            "course-v1:MITx+6.100x", "course-v1:MITx%206.100x", "course-v1%3AMITx+6.100x",
        ],
        [
            "readable_id=ID", "readable_id=ID&live=true", "live=True&page=1&readable_id=ID",
            "readable_id=x&readable_id=ID",
        ])
    func courses(written: String, query: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get("/api/v2/courses/?" + query.replacing("ID", with: written))
        #expect(response.status == 200)
        #expect(try response.body == catalog.file("public/api/v2/courses/q/course-v1:MITx+6.100x/index.json"))
        #expect(try response.json()["results"]?.array?.first?["id"]?.int == 1)
    }

    @Test("a program's list of one has its parents, as its detail document has")
    func programs() async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let found = try catalog.get("/api/v2/programs/?readable_id=program-v1:MITx%2BP2&live=true").json()
        let detail = try catalog.get("/api/v2/programs/2/").json()
        #expect(found["results"]?.array == [detail])
        #expect(detail["programs"]?.array?.count == 1)
    }

    @Test(
        "the page of a course or program, in any order of the arguments and any letter case of the type",
        arguments: [
            (
                "fields=*&type=cms.coursepage&readable_id=course-v1:MITx%2B6.100x",
                "cms.coursepage/course-v1:MITx+6.100x/"
            ),
            ("readable_id=course-v1%3AMITx+6.100x&type=cms.CoursePage", "cms.coursepage/course-v1:MITx+6.100x/"),
            ("type=CMS.PROGRAMPAGE&readable_id=program-v1:MITx%2BP1", "cms.programpage/program-v1:MITx+P1/"),
            ("type=cms.CoursePage&fields=*", "cms.coursepage/"),
            ("type=cms.coursepage&utm=x|limit=1", "cms.coursepage/"),
            ("fields=*&type=cms.ProgramPage", "cms.programpage/"), ("type=cms.certificatepage", "cms.certificatepage/"),
            ("type=cms.programpage&type=cms.coursepage", "cms.coursepage/"),
        ])
    func pages(query: String, folder: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get("/api/v2/pages/?\(query)")
        #expect(response.status == 200)
        #expect(try response.body == catalog.file("public/api/v2/pages/\(folder)index.json"))
    }

    @Test(
        "that nobody has gives an empty list, and leads nowhere else",
        arguments: [
            "course-v1:MITx%2B9.99x", "course-v1:MITx%2B5.00x", "0", "q", "page", "enrollable", "page-live", "1", ".",
            "..", "../", "../..", "..%2f", "..%2F..%2f", "%2e%2e", "%2e%2e%2f", ".%2e", "%2E", "../1", "..%5c", "/",
            "%2f",
            "//", "%00", "%41%00", "%", "%zz", "%41%", "a|b", "a%7Cb", "a;b", "a?b", "%3f", "page/1", "page%2f1",
            "enrollable/page/1", "enrollable%2fpage%2f1", "%c3%28", "é", "$1", "%24uri", "course-v1:MITx%252B6.100x",
            "%41%0d%0aSet-Cookie:a", "course-v1:MITx%2B6.100x/", "course-v1:MITx%2B6.100x%20",
            "%2e%2e%2e%2e%2e%2e%2e%2e",
        ])
    func nobody(written: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        for list in ["courses", "programs"] {
            let response = try followed("/api/v2/\(list)/?readable_id=\(written)", in: catalog)
            #expect(response.status == 200 && response.text == Self.empty, "\(list)")
        }
        for type in ["cms.coursepage", "cms.programpage", "cms.certificatepage"] {
            let response = try followed("/api/v2/pages/?type=\(type)&readable_id=\(written)", in: catalog)
            #expect(response.status == 200 && response.text == Self.noPages, "\(type)")
        }
    }

    @Test(
        "with letters that need no encoding, or with many encoded signs, is found by a redirect",
        arguments: [
            "%63ourse-v1:MITx%2B6.100x", "course-v1:MITx%2B6%2E100x", "course-v1%3AMIT%78%2B6.100%78",
            "%63%6F%75%72%73%65%2D%76%31%3A%4D%49%54%78%2B%36%2E%31%30%30%78",
        ])
    func encodedLetters(written: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let url = "/api/v2/courses/?live=true&readable_id=\(written)"
        #expect(try catalog.get(url).status == 302)
        let response = try followed(url, in: catalog)
        #expect(response.status == 200)
        #expect(try response.body == catalog.file("public/api/v2/courses/q/course-v1:MITx+6.100x/index.json"))
    }

    @Test(
        "with four encoded signs is found at once",
        arguments: [("a+b+c+d+e", "%2B"), ("a+b+c+d+e", "%2b"), ("a+b+c+d+e", "%20"), ("a:b:c:d:e", "%3a")])
    func fourSigns(id: String, sign: String) throws {
        let site = try HandMadeSite()
        try site.write("found", to: "public/api/v2/courses/q/\(id)/index.json")
        let written = id.replacing(/[+:]/, with: sign)
        #expect(try site.get("/api/v2/courses/?readable_id=\(written)").text == "found")
    }

    @Test("with letters of other alphabets and many signs is found", arguments: ["ü:a+b+c+d+e+f", "курс-1"])
    func otherAlphabets(id: String) throws {
        let site = try HandMadeSite()
        try site.write(Self.empty, to: "public/api/v2/empty.json")
        try site.write("found", to: "public/api/v2/programs/q/\(id)/index.json")
        try site.write("page", to: "public/api/v2/pages/cms.programpage/\(id)/index.json")
        let encoded = id.utf8.map { byte in
            (0x61...0x7a).contains(byte) ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
        }.joined()
        for written in [encoded, encoded.lowercased(), id, id.replacing("+", with: "%2B")] {
            let query = "readable_id=\(written)"
            #expect(try followed("/api/v2/programs/?\(query)", by: site.get).text == "found", "\(written)")
            #expect(
                try followed("/api/v2/pages/?type=cms.programpage&\(query)", by: site.get).text == "page", "\(written)")
        }
    }

    private func followed(_ url: String, in catalog: ServedCatalog) throws -> HTTPResponse {
        try followed(url) { url, headers in try catalog.get(url, headers) }
    }

    /// The answer after at most one redirect, which stays on the list.
    private func followed(
        _ url: String, by get: (String, [String: String]) throws -> HTTPResponse
    ) throws -> HTTPResponse {
        let response = try get(url, ["Origin": "https://learn.mit.edu"])
        guard response.status == 302 else { return response }
        let location = try #require(response["Location"])
        #expect(location.hasPrefix(String(url.prefix { $0 != "?" })))
        #expect(response["Access-Control-Allow-Origin"] == "https://learn.mit.edu")
        return try get(location, [:])
    }
}
