import Bytes
import Catalog

/// The files about the whole site that machines read (`spec/catalog.md` §10.7): sitemap, rules for robots and feed.
enum SiteFiles {
    /// All of them.
    static func artifacts(_ context: inout RenderContext, _ plan: SitePlan) -> [Artifact] {
        Sitemap.artifacts(context, plan) + [RobotsFile.artifact(&context), AtomFeed.artifact(context, plan)]
    }
}

extension Artifact {
    /// A file of the site that everybody may read, at `path` below the site's root.
    init(sitePath path: String, _ buffer: borrowing ByteBuffer) {
        self.init(path: "\(SnapshotRenderer.publicRoot)/\(path)", body: ArtifactBody(buffer.fittedBytes))
    }
}
