import Testing

@testable import Store

@Suite("Locators") struct LocatorTests {
    @Test("SQLite paths are relative after sqlite: and absolute after sqlite://")
    func sqlite() throws {
        #expect(try Locator("sqlite:catalog.db") == .sqlite(path: "catalog.db"))
        #expect(try Locator("sqlite:/var/catalog.db") == .sqlite(path: "/var/catalog.db"))
        #expect(try Locator("sqlite:///var/catalog.db") == .sqlite(path: "/var/catalog.db"))
    }

    @Test(
        "What names no database is refused",
        arguments: ["", "catalog.db", "sqlite:", "sqlite://host/x", "mysql://x/y", "Postgres://x", "postgresql://[::1"])
    func unsupported(_ locator: String) async {
        #expect(await storeError { try Database(locator) }?.code == .unsupportedLocator)
    }

    @Test(
        "A password in the locator is refused and not repeated",
        arguments: [
            "postgresql://user:canary@host/name", "postgres://user:canary@host/name",
            "postgresql://host/name?user=u&password=canary", "postgresql://host/name?sslpassword=canary",
            "postgresql://user:canary@[::1/name",
        ])
    func password(_ locator: String) async {
        let error = await storeError { try Database(locator) }
        #expect(error?.code == (locator.contains("[") ? .unsupportedLocator : .passwordInLocator))
        #expect(error?.description.contains("canary") == false)
    }
}
