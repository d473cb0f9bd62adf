import Testing

@testable import Bytes

@Suite("Nearest known word")
struct NearMissTests {
    private let words = ["--page-size", "--pages", "--output", "--site-base-url", "--learn-base-url"]

    @Test(
        "a slip finds the word that was meant",
        arguments: [
            ("--page-siez", "--page-size"), ("--pageSize", "--page-size"), ("--page_size", "--page-size"),
            ("--pagse", "--pages"), ("--ouput", "--output"), ("--outputs", "--output"), ("--site", "--site-base-url"),
            ("--learn-url", nil), ("--xyz", nil), ("-o", nil), ("", nil),
        ])
    func nearest(given: String, expected: String?) {
        #expect(NearMiss.nearest(to: given, among: words) == expected)
    }

    @Test("of equally near words the first of the table is named")
    func ties() {
        #expect(NearMiss.nearest(to: "list", among: ["lost", "lisp"]) == "lost")
    }
}
