import Publisher
import Snapshot

/// The files of the media storage that a snapshot has; none without `--media`.
struct SnapshotMedia {
    private(set) var artifacts: [Artifact] = []
    /// What is missing.
    private(set) var warnings: [Warning] = []

    /// The files of `plan` for pages that show `paths`, below the folder `root` of the snapshot.
    ///
    /// - Parameter known: what was published before, which is not read again.
    init(
        _ plan: MediaPlan, shownAt paths: Set<String>, root: String, from folder: MediaFolder?,
        knownFrom known: KnownFiles?
    ) {
        guard let folder else { return }
        for file in plan.files(shownAt: paths) {
            let path = "\(root)/\(file.path)"
            if let media = file.key.flatMap({ folder.file($0, at: path, knownFrom: known) }) {
                artifacts.append(Artifact(path: path, body: ArtifactBody(media)))
            } else {
                warnings.append(file.warning)
            }
        }
    }
}
