extension SnapshotRenderer {
    /// The root that everybody may read.
    static let publicRoot = "public"
    /// The root that only MIT Learn's ETL may read.
    static let internalRoot = "internal"

    mutating func add(_ path: String, _ fragment: Fragment) {
        publicArtifacts.append(Artifact(path: path, body: ArtifactBody(fragment)))
    }

    /// The list at `path`, for example `api/v2/courses`.
    func list(_ path: String, root: String = SnapshotRenderer.publicRoot) -> PagedList {
        PagedList(
            root: root, path: path, linkBase: context.settings.relativeLinks ? "" : context.settings.siteBaseURL,
            pageSize: context.settings.pageSize)
    }

    /// Whether `readableID` can name a folder; warns where it cannot.
    mutating func canNameFolder(_ readableID: String, table: String, id: Int) -> Bool {
        guard let problem = ReadableIDFolder.problem(with: readableID) else { return true }
        context.warnings.add(
            "readable-id-copy", table, id,
            "Has no document under its readable_id, which \(problem); change the readable_id.")
        return false
    }
}
