import Catalog
import Support
import Testing

@Suite("Language labels")
struct LanguageLabelTests {
    private struct Entry {
        let code: String
        let label: String
        let strict: String
    }

    private func entries() throws -> [Entry] {
        try FixtureFiles.text("catalog/languages.tsv").split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t").map(String.init)
            return Entry(code: fields[0], label: fields[1], strict: fields[2])
        }
    }

    @Test("every code has its label in both modes")
    func table() throws {
        let entries = try entries()
        #expect(entries.count == 196)
        for entry in entries {
            #expect(LanguageLabel.label(of: entry.code) == entry.label, "\(entry.code)")
            #expect(LanguageLabel.label(of: entry.code, compatible: true) == entry.strict, "\(entry.code)")
        }
    }

    @Test("no other code of two letters is known")
    func others() throws {
        let known = Set(try entries().map(\.code))
        let letters = "abcdefghijklmnopqrstuvwxyz"
        for first in letters {
            for second in letters where !known.contains("\(first)\(second)") {
                #expect(LanguageLabel.label(of: "\(first)\(second)") == "INVALID", "\(first)\(second)")
            }
        }
    }

    @Test(
        "codes with a region compare exactly, the others in any case",
        arguments: [
            ("EN", "English", "En"), ("Fr", "French", "French"), ("es_419", "Spanish - LATAM", "Spanisn - LATAM"),
            ("ES_419", "INVALID", "INVALID"), ("zh_hans", "INVALID", "INVALID"), ("pt-br", "INVALID", "INVALID"),
            ("eng", "INVALID", "INVALID"), (" en", "INVALID", "INVALID"), ("", "", ""),
        ])
    func spelling(code: String, label: String, strict: String) {
        #expect(LanguageLabel.label(of: code) == label)
        #expect(LanguageLabel.label(of: code, compatible: true) == strict)
    }
}
