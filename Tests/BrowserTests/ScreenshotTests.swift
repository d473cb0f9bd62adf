import Foundation
import Testing

@Suite("Screenshots")
struct ScreenshotTests {
    @Test("a picture of the page at each width, light and dark")
    func pictures() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flows-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await RenderedSite.sound.findings(
            .screenshots(folder: folder.path(percentEncoded: false)), pages: .these(["courses/course-v1:U+1x/"]))
        var sizes: [String: Int] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)) {
            let picture = try Data(contentsOf: folder.appending(path: name))
            try #require(picture.starts(with: [0x89, 0x50, 0x4e, 0x47]))
            // The width stands in the sixteenth to nineteenth byte.
            sizes[name] = picture[16..<20].reduce(0) { $0 << 8 | Int($1) }
        }
        let page = "courses_course-v1_U+1x"
        #expect(
            sizes == [
                "\(page)-320-light.png": 320, "\(page)-320-dark.png": 320, "\(page)-768-light.png": 768,
                "\(page)-768-dark.png": 768, "\(page)-1440-light.png": 1440, "\(page)-1440-dark.png": 1440,
            ])
    }
}
