import Foundation
import Support

extension Fixture {
    /// Writes each table as a file into `folder`, its rows in the order that `arrange` gives them, and
    /// ``Canaries/learner``.
    func write(
        into workspace: Workspace, folder: String, arrange: ([[String?]]) -> [[String?]] = { $0 }
    ) throws {
        var fixture = self
        if tables["users_user"] != nil {
            try fixture.insert("users_user", Canaries.learner)
        } else {
            let columns = Canaries.learner.sorted { $0.key < $1.key }
            try workspace.write(
                csv([columns.map(\.key), columns.map(\.value)]), to: "\(folder)/users_user.csv")
        }
        for (name, table) in fixture.tables {
            try workspace.write(csv([table.columns] + arrange(table.rows)), to: "\(folder)/\(name).csv")
        }
    }

    private func csv(_ rows: [[String?]]) -> String {
        let lines = rows.map { row in
            row.map { value in value.map { "\"\($0.replacing("\"", with: "\"\""))\"" } ?? "\\N" }
                .joined(separator: ",")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
