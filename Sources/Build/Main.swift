import Bytes
import Catalog
import Records
import Snapshot
import Store

@main struct Main {
 static func main() async throws {
let arguments = CommandLine.arguments
let clock = ContinuousClock()
var last = clock.now
func lap(_ n: String) { let t = clock.now; print(n, t - last); last = t }
let database = try Database(arguments[1])
let data = try await database.read { session in try CatalogReader.read(&session) }
lap("read")
let catalog = try Catalog(data)
try catalog.checkRequirements()
lap("join")
var settings = RenderSettings(
    siteBaseURL: "http://mitxonline.example.org", learnBaseURL: "https://learn.mit.edu",
    coursewareBaseURL: "https://courses.example.org")
settings.compatibility = Compatibility(rawValue: arguments[3]) ?? .improved
let rendering = SnapshotRenderer.render(catalog, at: Timestamp(arguments[2]) ?? Timestamp(microseconds: 0), settings: settings)
lap("render")
var size = 0
for artifact in rendering.artifacts { for case .bytes(let b) in artifact.body.pieces { size += b.count } }
print(rendering.artifacts.count, size, rendering.warnings.count)

}}
