import Bytes
import Testing

@testable import Store

@Suite("SQL texts") struct SQLTests {
    @Test("Values become numbered placeholders")
    func placeholders() {
        let sql: SQL = "SELECT a FROM t WHERE b = \(1) AND c = \("x") AND d = \(Int?.none)"
        let sqlite = Statement(sql, for: .sqlite)
        #expect(sqlite.text == "SELECT a FROM t WHERE b = ?1 AND c = ?2 AND d = ?3")
        #expect(sqlite.binds == [.int(1), .text("x"), .null])
        #expect(Statement(sql, for: .postgres).text == "SELECT a FROM t WHERE b = $1 AND c = $2 AND d = $3")
    }

    @Test("A spliced piece brings its values, numbered on")
    func splicing() {
        let condition: SQL = "b = \(2) OR c = \(3)"
        let sql: SQL = "SELECT \(1) AS a FROM t WHERE (\(sql: condition)) AND d = \(4)"
        let statement = Statement(sql, for: .postgres)
        #expect(statement.text == "SELECT $1 AS a FROM t WHERE (b = $2 OR c = $3) AND d = $4")
        #expect(statement.binds == [.int(1), .int(2), .int(3), .int(4)])
    }

    @Test("A list is one value in the form of its engine")
    func lists() {
        let sql: SQL = "a \(in: ["x\"", "\\", "é"]) AND b \(notIn: [1, 2])"
        let sqlite = Statement(sql, for: .sqlite)
        #expect(
            sqlite.text
                == "a IN (SELECT value FROM json_each(?1)) AND b NOT IN (SELECT value FROM json_each(?2))")
        #expect(sqlite.binds.map { Dialect.sqlite.text(of: $0) } == [#"["x\"","\\","é"]"#, "[1,2]"])
        let postgres = Statement(sql, for: .postgres)
        #expect(postgres.text == "a = ANY ($1) AND b <> ALL ($2)")
        #expect(postgres.binds.map { Dialect.postgres.text(of: $0) } == [#"{"x\"","\\","é"}"#, #"{"1","2"}"#])
    }

    @Test("Rows are locked where the engine can")
    func locks() {
        let sql: SQL = "SELECT a FROM t \(lock: .updateSkipLocked)"
        #expect(Statement(sql, for: .postgres).text == "SELECT a FROM t FOR UPDATE SKIP LOCKED")
        #expect(Statement(sql, for: .sqlite).text == "SELECT a FROM t ")
    }

    @Test("A whole table is one labelled statement with quoted names")
    func tables() {
        let sql = SQL.table("cms_certificatepage", columns: "page_ptr_id, CEUs", orderBy: "page_ptr_id")
        let statement = Statement(sql, for: .sqlite)
        #expect(
            statement.text
                == #"SELECT "page_ptr_id", "CEUs" FROM "cms_certificatepage" ORDER BY "page_ptr_id""#)
        #expect(statement.table == "cms_certificatepage")
        #expect(SQL.quoted("a\"b") == #""a""b""#)
    }

    @Test("SQLite's instants sort as text")
    func instants() {
        let instants = [-1, 0, 1, 999_999, 1_000_000].map { Timestamp(microseconds: $0) }
        let texts = instants.compactMap { Dialect.sqlite.text(of: $0.bind) }
        #expect(texts == texts.sorted())
        #expect(texts[0] == "1969-12-31 23:59:59.999999")
        #expect(texts[1] == "1970-01-01 00:00:00")
        #expect(Dialect.postgres.text(of: instants[0].bind) == "1969-12-31T23:59:59.999999Z")
    }
}
