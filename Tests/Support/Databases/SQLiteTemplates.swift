import Foundation
import Store

/// The files that SQLite test databases are copied from, each made once.
actor SQLiteTemplates {
    static let shared = SQLiteTemplates()

    private var templates: [TestDatabase.Contents: Task<Data, any Error>] = [:]

    /// Copies a database with these contents to `path`.
    func copy(_ contents: TestDatabase.Contents, to path: String) async throws {
        try await template(contents).value.write(to: URL(fileURLWithPath: path))
    }

    private func template(_ contents: TestDatabase.Contents) -> Task<Data, any Error> {
        if let task = templates[contents] { return task }
        let task = Task {
            let folder = try SQLiteTemplates.makeFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            var options = DatabaseOptions()
            options.createsFile = true
            let database = try Database("sqlite:\(folder)/template.db", options: options)
            try await database.write { session in
                // Even an empty database has the header of one.
                try session.execute("PRAGMA user_version = 0")
                try contents.create(in: &session)
            }
            return try Data(contentsOf: URL(fileURLWithPath: "\(folder)/template.db"))
        }
        templates[contents] = task
        return task
    }

    /// A new folder, in memory if there is room: on a disk, each transaction waits for it.
    static func makeFolder() throws -> String {
        let parent = hasRoomInMemory ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        let folder = "\(parent)/flows-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}
