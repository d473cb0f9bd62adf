import Bytes
import Support
import Testing

@Suite("MITx Online's own answers")
struct GoldenAnswerTests {
    @Test("strict gives every recorded answer, byte for byte", arguments: Engine.allCases)
    func answers(engine: Engine) async throws {
        var renderings = try await GoldenRenderings(engine)
        var compared = 0
        for row in try GoldenComparison.all() where row.method != .none {
            let rendered = try await renderings.rendered(pageSize: row.pageSize)
            let difference = try row.difference { rendered.bytes(at: $0) }
            #expect(difference == nil, "\(row) in \(row.document): \(difference ?? "")")
            compared += 1
        }
        #expect(compared == 61)
    }
}
