import Support
import Testing

/// A static host must not lie: nobody may take a whole list for a filtered one.
@Suite("Queries that no file answers")
struct RefusalTests {
    @Test(
        "are refused by the name of their parameter",
        arguments: [
            ("courses/?id=1,2", "id"), ("courses/?id=0", "id"), ("courses/?live=true&id=1&page=2", "id"),
            ("courses/?readable_id=course-v1:MITx%2B6.100x&id=1", "id"), ("courses/?org_id=1", "org_id"),
            ("courses/?contract_id=1", "contract_id"), ("courses/?courseruns__language=fr", "courseruns__language"),
            ("courses/?courseruns__variant_length=1", "courseruns__variant_length"),
            ("courses/?courseruns__variant_industry=x", "courseruns__variant_industry"),
            ("courses/?live=false", "live"), ("courses/?live=False&page__live=true", "live"),
            ("courses/?live=True&live=False", "live"), ("courses/?live=%66alse", "live"),
            ("courses/?page__live=true", "page__live"), ("courses/?page__live=true&live=true", "page__live"),
            ("courses/?page__live=False", "page__live"), ("courses/?page__live=f%61lse", "page__live"),
            ("courses/?courserun_is_enrollable=f%61lse", "courserun_is_enrollable"),
            ("courses/?%69d=1", "one with an encoded name"),
            ("courses/?courserun_is_enrollable=true", "courserun_is_enrollable"),
            ("courses/?courserun_is_enrollable=true&live=true", "courserun_is_enrollable"),
            ("courses/?courserun_is_enrollable=true&page__live=true", "courserun_is_enrollable"),
            ("courses/?courserun_is_enrollable=false", "courserun_is_enrollable"),
            ("courses/?courserun_is_enrollable=False&live=true&page__live=true", "courserun_is_enrollable"),
            ("courses/?courserun_is_enrollable=true&live=true&page__live=false", "page__live"),
            ("courses/?courserun_is_enrollable=true&live=false&page__live=true", "live"),
            ("courses/?readable_id=x&page__live=true", "page__live"),
            ("courses/?readable_id=x&live=false", "live"),
            (
                "courses/?readable_id=x&page__live=true&live=true&courserun_is_enrollable=true",
                "courserun_is_enrollable"
            ),
            ("courses/?readable_id=%C3%A9&id=1", "id"),
            ("programs/?id=1", "id"), ("programs/?org_id=1", "org_id"), ("programs/?contract_id=1", "contract_id"),
            ("programs/?live=false", "live"), ("programs/?page__live=false", "page__live"),
            ("programs/?readable_id=x&page__live=true", "page__live"),
            ("pages/", "type"), ("pages/?fields=*", "type"), ("pages/?type=", "type"),
            ("pages/?type=cms.HomePage", "type"), ("pages/?type=cms.coursepage,cms.programpage", "type"),
            ("pages/?type=cms.coursepage&type=cms.homepage", "type"), ("pages/?xtype=cms.coursepage", "type"),
            ("pages/?type=cms.coursepage/../..", "type"), ("pages/?readable_id=x", "type"),
            ("pages/?type=cms.CoursePage&limit=1", "limit"), ("pages/?offset=1&type=cms.CoursePage", "offset"),
            ("pages/?type=cms.CoursePage&search=x", "search"), ("pages/?type=cms.CoursePage&slug=x", "slug"),
            ("pages/?type=cms.CoursePage&%6cimit=1", "one with an encoded name"),
        ])
    func refused(url: String, parameter: String) async throws {
        let response = try await ServedCatalog.fixtureF().get("/api/v2/\(url)")
        #expect(response.status == 400)
        #expect(response["Content-Type"] == "application/json")
        #expect(
            try response.json()["detail"]?.string == "A static catalog cannot answer the parameter: \(parameter)")
    }

    @Test(
        "methods that would change something are not allowed", arguments: ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
    func methods(method: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        for url in ["/api/v2/courses/", "/api/v2/courses/?id=1", "/x.html", "/api/internal/courses/"] {
            let response = try catalog.send(method, url)
            #expect(response.status == 405, "\(url)")
            #expect(response["Allow"] == "GET, HEAD, OPTIONS")
            #expect(response["Content-Type"] == "application/json")
            #expect(try response.json()["detail"]?.string == "Method \"\(method)\" not allowed.")
        }
    }

    @Test("HEAD is answered like GET, without the body")
    func head() async throws {
        let catalog = try await ServedCatalog.fixtureF()
        for url in ["/api/v2/courses/?page=2", "/api/v2/courses/?id=1", "/api/v2/courses/99/"] {
            let (head, get) = (try catalog.send("HEAD", url), try catalog.get(url))
            #expect(head.status == get.status)
            #expect(head["Content-Length"] == get["Content-Length"])
            #expect(head.body.isEmpty)
        }
    }
}
