import Foundation
import Snapshot

/// A small, sound snapshot as JSON texts by path, to be broken in one place and checked.
enum SampleCatalog {
    static let origin = "https://mitxonline.mit.edu"

    static let run = """
        {"title":"Glass Physics","start_date":"2026-09-01T14:00:00Z","end_date":null,\
        "enrollment_start":"2026-06-01T00:00:00.000001Z","enrollment_end":null,"expiration_date":null,\
        "courseware_url":"https://courses.learn.mit.edu/learn/course/course-v1:MITx+3.99x+3T2026/home",\
        "courseware_id":"course-v1:MITx+3.99x+3T2026","certificate_available_date":null,"upgrade_deadline":null,\
        "is_upgradable":true,"is_enrollable":true,"is_archived":false,"is_self_paced":false,"run_tag":"3T2026",\
        "id":RUN,"live":true,"course_number":"3.99x","enrollment_modes":[{"mode_slug":"verified",\
        "mode_display_name":"verified","requires_payment":true}],"language":"en","is_primary_language":true,\
        "language_label":"English","variant_industry":"","variant_length":"","course_id":7,"products":[{"id":12,\
        "price":"75.00","description":"course-v1:MITx+3.99x+3T2026","is_active":true}],\
        "approved_flexible_price_exists":false,"b2b_contract":null}
        """

    static func course(_ id: Int) -> String {
        """
        {"id":\(id),"title":"Glass Physics","readable_id":"course-v1:MITx+3.\(id)x","next_run_id":31,"departments":\
        [{"name":"Materials Science and Engineering"}],"page":{"feature_image_src":null,\
        "page_url":"https://learn.mit.edu/courses/course-v1:MITx+3.\(id)x","description":"Why gläss breaks &amp; bends",\
        "live":true,"length":"6 weeks","effort":null,"financial_assistance_form_url":"","current_price":75.0,\
        "instructors":[{"name":"Pat Doe","description":""}]},"programs":[{"title":"Glass","readable_id":\
        "program-v1:MITx+G","id":1,"type":"program","display_mode":null}],"topics":[{"name":"Materials"}],\
        "certificate_type":"Certificate of Completion","certificate_available":true,"required_prerequisites":false,\
        "duration":"6 weeks","min_weeks":6,"max_weeks":6,"min_price":0.0,"max_price":75.0,"time_commitment":null,\
        "availability":"dated","min_weekly_hours":"4","max_weekly_hours":"6","include_in_learn_catalog":true,\
        "ingest_content_files_for_ai":false,"possible_variant_sets":[{"language":"en","variant_length":"",\
        "variant_industry":"","active":true,"b2b_only":false,"default_variant":true}],\
        "courseruns":[\(run.replacing("RUN", with: "\(id * 100)"))]}
        """
    }

    static func program(_ id: Int, parents: String = "null") -> String {
        """
        {"title":"Glass","readable_id":"program-v1:MITx+G\(id)","id":\(id),"courses":[7,7],"collections":[],\
        "programs":\(parents),"requirements":{"courses":{"required":[{"id":7,"readable_id":"course-v1:MITx+3.7x"}],\
        "electives":[]},"programs":{"required":[],"electives":[]}},"req_tree":[{"data":{"node_type":"operator",\
        "operator":"all_of","operator_value":null,"program":1,"course":null,"required_program":null,"title":"Core",\
        "elective_flag":false},"id":2,"children":[{"data":{"node_type":"course","operator":null,"operator_value":null,\
        "program":1,"course":7,"required_program":null,"title":"","elective_flag":false},"id":3}]}],"page":\
        {"feature_image_src":null,"page_url":"https://learn.mit.edu/programs/program-v1:MITx+G\(id)",\
        "financial_assistance_form_url":"","description":"","live":true,"include_in_learn_catalog":true,"length":"",\
        "effort":null,"price":"$599","list_price":599.0},"program_type":"Series","certificate_type":\
        "Certificate of Completion","certificate_available":true,"departments":[{"name":"Biology"}],"live":true,\
        "display_mode":null,"topics":[],"availability":"anytime","start_date":"2099-09-01T14:00:00Z","end_date":null,\
        "enrollment_start":null,"enrollment_end":null,"required_prerequisites":true,"duration":"","min_weeks":null,\
        "max_weeks":null,"min_price":null,"max_price":null,"time_commitment":"","min_weekly_hours":null,\
        "max_weekly_hours":null,"enrollment_modes":[],"products":[]}
        """
    }

    /// The pages of a list, two items a page: `index.json` and `page/<n>/index.json`, by path.
    static func list(_ base: String, _ items: [String], hasHead: Bool = true) -> [String: String] {
        let root = base.prefix { $0 != "/" }
        let url = "\(origin)/_s/@@SID@@\(base.dropFirst(root.count))/page/"
        let last = max(1, (items.count + 1) / 2)
        var files: [String: String] = [:]
        for page in 1...last {
            let next = page < last ? "\"\(url)\(page + 1)/\"" : "null"
            let previous = page > 1 ? "\"\(url)\(page - 1)/\"" : "null"
            let results = items.dropFirst((page - 1) * 2).prefix(2).joined(separator: ",")
            let text = "{\"count\":\(items.count),\"next\":\(next),\"previous\":\(previous),\"results\":[\(results)]}"
            files["\(base)/page/\(page)/index.json"] = text
            if page == 1, hasHead { files["\(base)/index.json"] = text }
        }
        return files
    }

    static let files: [String: String] = {
        let courses = (5...9).map(course)
        var files = list("public/api/v2/courses", courses)
        files.merge(list("internal/api/internal/courses", courses)) { $1 }
        files.merge(list("public/api/v2/courses/q/enrollable", Array(courses.prefix(3)), hasHead: false)) { $1 }
        files.merge(list("public/api/v2/programs", [program(1), program(2)])) { $1 }
        files.merge(list("public/api/v2/program-collections", [])) { $1 }
        files["public/api/v2/courses/q/course-v1:MITx+3.7x/index.json"] =
            "{\"count\":1,\"next\":null,\"previous\":null,\"results\":[\(course(7))]}"
        for id in 5...9 {
            files["public/api/v2/courses/\(id)/index.json"] = course(id)
            files["public/api/v2/courses/course-v1:MITx+3.\(id)x/index.json"] = course(id)
            files["internal/api/internal/courses/\(id)/index.json"] = course(id)
        }
        files["public/api/v2/programs/1/index.json"] = program(1, parents: "[]")
        files["public/api/v2/departments/index.json"] = #"[{"id":1,"name":"Biology"},{"id":2,"name":"Chemistry"}]"#
        files["public/api/v2/departments/1/index.json"] = #"{"id":1,"name":"Biology"}"#
        files["public/api/v2/empty.json"] = #"{"count":0,"next":null,"previous":null,"results":[]}"#
        files["public/index.html"] = "<p>not JSON"
        return files
    }()

    /// `files` as artifacts in the order of paths, with the id's place left open.
    static func artifacts(_ files: [String: String]) -> [Artifact] {
        files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { path, text in
            var pieces: [ArtifactBody.Piece] = []
            for (index, part) in text.split(separator: "@@SID@@", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { pieces.append(.snapshotID) }
                pieces.append(.bytes(Array(part.utf8)[...]))
            }
            return Artifact(path: path, body: ArtifactBody(pieces: pieces))
        }
    }
}
