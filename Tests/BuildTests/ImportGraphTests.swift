import Foundation
import Testing

/// What the compiler does not check: the order of the targets and the rules of style that a machine can see.
@Suite("Import graph")
struct ImportGraphTests {
    /// The targets from the bottom to the top, each with the targets it imports.
    private static let targets: [(name: String, imports: Set<String>)] = [
        ("CSQLite", []),
        ("CPostgres", []),
        ("CCrypto", []),
        ("CCurl", []),
        ("CLibXML2", []),
        ("CLinux", []),
        ("Bytes", ["CCrypto"]),
        ("Command", ["Bytes"]),
        ("Store", ["Bytes", "Command", "CSQLite", "CPostgres"]),
        ("Catalog", ["Bytes"]),
        ("Records", ["Bytes", "Command", "Store", "Catalog"]),
        ("Markup", ["Bytes", "CLibXML2"]),
        ("Snapshot", ["Bytes", "Catalog", "Markup"]),
        ("Publisher", ["Bytes", "Command", "Catalog", "Markup", "Snapshot", "CLinux"]),
        ("HTTP", ["Bytes", "Command", "CCurl"]),
        ("Services", ["Bytes", "Command", "HTTP"]),
        ("Worker", ["Bytes", "Command", "Store", "HTTP", "Services"]),
        (
            "Flows",
            [
                "Bytes", "Command", "Store", "Catalog", "Records", "Markup", "Snapshot", "Publisher", "HTTP",
                "Services",
                "Worker",
            ]
        ),
        ("Build", ["CLinux", "Bytes", "Command", "Store", "Catalog", "Records", "Markup", "Snapshot", "Publisher"]),
        (
            "Jobs",
            [
                "Bytes", "Command", "Store", "Catalog", "Records", "Markup", "Snapshot", "Publisher", "HTTP",
                "Services",
                "Worker", "Flows",
            ]
        ),
    ]

    /// Modules that come with the compiler and the system. The full Foundation is not among them.
    private static let toolchain: Set<String> = [
        "Dispatch", "FoundationEssentials", "Glibc", "Musl", "Synchronization",
    ]

    /// Where a C handle is shared under a lock or an executor that the compiler cannot see.
    private static let uncheckedSendable = ["Sources/Store/", "Sources/HTTP/"]

    /// Read once for all tests.
    private static let tree = Result { try SourceTree.files(in: "Sources") }

    private let sources: [SourceTree.File]

    init() throws {
        sources = try ImportGraphTests.tree.get()
        try #require(sources.count > 20)
    }

    @Test("each target imports only targets that stand below it")
    func order() {
        var below: Set<String> = []
        for target in ImportGraphTests.targets {
            #expect(target.imports.isSubset(of: below), "\(target.name)")
            below.insert(target.name)
        }
    }

    @Test("the table is that of Package.swift")
    func package() throws {
        let manifest = try SourceTree.text(of: "Package.swift")
        let declaration = try NSRegularExpression(
            pattern: #"\b(?:library|system|systemLibrary|executableTarget)\(\s*(?:name: )?"(\w+)""#
                + #"(?:,\s*(?:dependencies: )?\[([\s\S]*?)\])?"#)
        let text = manifest as NSString
        // Benchmarks stand among the tests, below the libraries and the programs.
        let end = text.range(of: #"name: "Support""#).location
        let declared = declaration.matches(in: manifest, range: NSRange(location: 0, length: end)).map { match in
            let list = match.range(at: 2)
            let names = list.location == NSNotFound ? [] : text.substring(with: list).split(separator: ",")
            return (
                name: text.substring(with: match.range(at: 1)),
                imports: Set(names.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \n")) })
                    .subtracting([""])
            )
        }
        #expect(declared.map(\.name) == ImportGraphTests.targets.map(\.name))
        for target in declared {
            #expect(target.imports == ImportGraphTests.imports(of: target.name), "\(target.name)")
        }
    }

    @Test("a file imports only what its target may")
    func imports() {
        for file in sources {
            let allowed = ImportGraphTests.imports(of: file.target).union(ImportGraphTests.toolchain)
            for line in file.code {
                guard let match = line.firstMatch(of: /^\s*(?:@?\w+ )*import (?:\w+ )?(\w+)/) else { continue }
                let module = String(match.output.1)
                #expect(allowed.contains(module), "\(file.path) imports \(module)")
            }
        }
    }

    private static func imports(of target: String) -> Set<String> {
        targets.first { $0.name == target }?.imports ?? []
    }

    @Test("nothing can crash by a shortcut, and nothing is shared behind the compiler's back")
    func shortcuts() {
        let patterns = ImportGraphTests.patterns()
        for file in sources {
            for (number, line) in file.code.enumerated() {
                for (shortcut, pattern) in patterns
                where line.contains(pattern)
                    && (shortcut != "@unchecked Sendable"
                        || !ImportGraphTests.uncheckedSendable.contains(where: file.path.hasPrefix))
                {
                    Issue.record("\(file.path):\(number + 1): \(shortcut): \(line)")
                }
            }
        }
    }

    @Test(
        "each shortcut is seen",
        arguments: [
            ("try! f()", ["!"]), ("let a = b as! C", ["!"]), ("f(a!)", ["!"]),
            ("a[0]!.b", ["!"]), ("    var a: Int!", ["!"]),
            ("fatalError()", ["fatalError"]), ("nonisolated(unsafe) let a = b", ["nonisolated(unsafe)"]),
            ("    public static var a = 0", ["global mutable state"]), ("var a = 0", ["global mutable state"]),
            ("final class A: @unchecked Sendable {", ["@unchecked Sendable"]), ("if a != b, !c, !f(!d) {", []),
            ("    static var a: Int { 0 }", []), ("    var a = 0", []), ("let a: Bool = !b", []),
            ("let a: SIMD32<UInt8>", ["vector"]),
        ])
    func seen(line: String, shortcuts: [String]) {
        #expect(ImportGraphTests.patterns().filter { line.contains($0.pattern) }.map(\.shortcut) == shortcuts)
    }

    private static func patterns() -> [(shortcut: String, pattern: Regex<Substring>)] {
        [
            ("!", /[\w)\]}]!(?![=\w])/),
            ("fatalError", /\bfatalError\(/),
            ("nonisolated(unsafe)", /\bnonisolated\(unsafe\)/),
            ("global mutable state", /^\s*(?:\w+ )*static var [^{]*$/),
            ("global mutable state", /^(?:(?:public|package|internal|private|fileprivate) )?var\s/),
            ("@unchecked Sendable", /@unchecked Sendable/),
            // Frames of tasks are not aligned for it: one that lives across a suspension damages the heap.
            ("vector", /\bSIMD\d/),
        ]
    }

    @Test("no file is longer than 400 lines")
    func length() {
        for file in sources {
            let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(count <= 400, "\(file.path)")
        }
    }

    @Test("no target declares a type of its own name, which would hide the target from qualified names")
    func names() {
        for file in sources {
            for line in file.code {
                let declaration = /^(?:[\w@()]+ )*(?:struct|class|enum|actor|protocol|typealias) (\w+)/
                guard let match = line.firstMatch(of: declaration) else { continue }
                #expect(String(match.output.1) != file.target, "\(file.path)")
            }
        }
    }

    @Test("the scanner sees code and neither comments nor texts")
    func scanner() throws {
        let source = """
            let a = "x! \\(b(c()!)) \\" y!" // c!
            /* d!
            e! */ let f = g!
            let h = #"i! " j!"#
            """
        let code = "let a = \"\" \"\"\n\"\"\n let f = g!\nlet h = \"\""
        #expect(try SourceTree.withoutTexts(source) == code)
    }
}
