import Bytes
import Support
import Testing

@Suite("CSV reader")
struct CSVReaderTests {
    private func rows(_ bytes: [UInt8]) throws(CSVError) -> [[String?]] {
        var reader = try CSVReader(bytes)
        var rows: [[String?]] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private func rows(_ text: String) throws(CSVError) -> [[String?]] {
        try rows(Array(text.utf8))
    }

    @Test("NULL, the empty string and a text that looks like NULL are told apart")
    func null() throws {
        #expect(
            try rows("a,b,c,d,e\n\\N,,\"\\N\",\"\",\\Nx\n") == [[nil, "", "\\N", "", "\\Nx"]])
    }

    @Test("quoted fields keep commas, quotes and line ends")
    func quoted() throws {
        let text = "id,text\n1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n3,\"one\r\ntwo\nthree\"\n4,\"\"\"\"\n5,\"\"\"\"\"\"\n"
        #expect(
            try rows(text) == [
                ["1", "a,b"], ["2", "say \"hi\""], ["3", "one\r\ntwo\nthree"], ["4", "\""], ["5", "\"\""],
            ])
    }

    @Test(
        "line ends are LF or CRLF, the last one may be missing",
        arguments: [
            "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\r\n3,4", "\u{feff}a,b\n1,2\n3,\"4\"",
            "\"a\",b\n1,2\n3,4",
        ])
    func lineEnds(text: String) throws {
        var reader = try CSVReader(Array(text.utf8))
        #expect(reader.header == ["a", "b"])
        #expect(try reader.next() == ["1", "2"])
        #expect(try reader.next() == ["3", "4"])
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test("a table without rows, a column without name, an empty line of a one-column table")
    func small() throws {
        #expect(try rows("a,b") == [])
        #expect(try CSVReader(Array("a,,\\N\n".utf8)).header == ["a", "", "\\N"])
        #expect(try rows("a\n\nx\n\n") == [[""], ["x"], [""]])
        #expect(try rows("a,b\nx,") == [["x", ""]])
    }

    @Test("non-ASCII text and texts with spaces stay as they are")
    func text() throws {
        #expect(try rows("titre,n\n \u{c9}l\u{e9}ments 😀 , 1 \n") == [[" \u{c9}l\u{e9}ments 😀 ", " 1 "]])
    }

    @Test(
        "mistakes name their line",
        arguments: [
            ("", CSVError.Code.missingHeader, 1), ("\u{feff}", .missingHeader, 1),
            ("a,b\n1,2\n3\n", .raggedRow(expected: 2, found: 1), 3),
            ("a,b\n1,\"x\ny\"\n3,4,5\n", .raggedRow(expected: 2, found: 3), 4),
            ("a,b\n\"x\ny\"", .raggedRow(expected: 2, found: 1), 2),
            ("a,b\n1,2\n\n", .raggedRow(expected: 2, found: 1), 3),
            ("a,b\n1,x\"y\n", .strayQuote, 2), ("a,b\n1,\"x\"y\n", .strayQuote, 2),
            ("a,b\n\"x\ny\" ,1\n", .strayQuote, 3),
            ("a,b\n1,2\n3,\"x\ny\nz", .unterminatedQuote, 3), ("\"", .unterminatedQuote, 1),
            ("a,b\n1,\"x\"\"", .unterminatedQuote, 2), ("a,b\n1,2\r3,4\n", .strayCarriageReturn, 2),
            ("a\r", .strayCarriageReturn, 1),
        ])
    func mistakes(text: String, code: CSVError.Code, line: Int) {
        let error = #expect(throws: CSVError.self) { try rows(text) }
        #expect(error?.code == code)
        #expect(error?.line == line)
    }

    @Test(
        "invalid UTF-8 is refused, quoted and unquoted",
        arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let plain = #expect(throws: CSVError.self) { try rows(Array("a\nb\n".utf8) + bytes + Array("\n".utf8)) }
        #expect(plain?.code == .invalidUTF8)
        #expect(plain?.line == 3)
        let quoted = #expect(throws: CSVError.self) { try rows(Array("a\n\"".utf8) + bytes + Array("\"\n".utf8)) }
        #expect(quoted?.code == .invalidUTF8)
        #expect(quoted?.line == 2)
        #expect(quoted?.description == "invalid UTF-8 in line 2")
    }

    @Test("random tables survive writing and reading")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 5)
        let alphabet: [String] = ["a", "é", "\"", ",", "\n", "\r", "\\N", " ", ""]
        for _ in 0..<200 {
            var table = [[String?]](repeating: [nil, nil, nil], count: 4)
            for row in 0..<4 {
                for column in 0..<3 where Bool.random(using: &random) {
                    let length = Int.random(in: 0...3, using: &random)
                    table[row][column] = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
                }
            }
            let lines = table.map { row in
                row.map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" } ?? "\\N" }.joined(separator: ",")
            }
            let read = try rows("x,y,z\n" + lines.joined(separator: "\r\n"))
            #expect(read.map { $0.map { $0.map(ByteKey.init) } } == table.map { $0.map { $0.map(ByteKey.init) } })
        }
    }
}
