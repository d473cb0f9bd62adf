import Command
import Foundation
import Testing

@testable import struct Command.SettingName

@Suite("Settings")
struct SettingsTests {
    private let site = ["MITXONLINE_SITE_BASE_URL": "https://mitxonline.example"]

    /// Renders with a command that prints a setting and where it comes from.
    private func value<Value: Sendable>(
        of setting: Setting<Value>, environment: [String: String] = [:], _ arguments: String...
    ) async -> Harness.Result {
        let program = SampleProgram.program(render: { invocation in
            let value = try invocation[setting]
            try invocation.print("\(value) from \(invocation.settings.origin(of: setting))") { _ in }
            return Outcome()
        })
        var harness = Harness()
        harness.environment = site.merging(environment) { $1 }
        return await harness.run(program, ["render"] + arguments)
    }

    @Test(
        "a key has one option and one variable",
        arguments: [
            ("siteBaseURL", "site-base-url", "MITXONLINE_SITE_BASE_URL"),
            ("catalog.pageSize", "page-size", "MITXONLINE_PAGE_SIZE"),
            ("openedx.courseBaseURL", "openedx-course-base-url", "MITXONLINE_OPENEDX_COURSE_BASE_URL"),
            ("learn.webhook.url", "learn-webhook-url", "MITXONLINE_LEARN_WEBHOOK_URL"),
            ("fastly.serviceId", "fastly-service-id", "MITXONLINE_FASTLY_SERVICE_ID"),
            ("html.URLPath", "html-url-path", "MITXONLINE_HTML_URL_PATH"),
            ("archives.enabled", "archives-enabled", "MITXONLINE_ARCHIVES_ENABLED"),
        ])
    func names(key: String, option: String, variable: String) {
        #expect(SettingName(key: key).option == option)
        #expect(SettingName(key: key).variable == variable)
    }

    @Test("the order is option, existing variable, own variable, credential, default")
    func order() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let setting = SampleProgram.database
        var environment: [String: String] = [:]
        #expect(await value(of: setting).output == "nil from not set\n")

        environment["CREDENTIALS_DIRECTORY"] = folder.path
        try Data("a\n\n".utf8).write(to: folder.appendingPathComponent("MITXONLINE_DATABASE"))
        #expect(
            await value(of: setting, environment: environment).output
                == "Optional(\"a\\n\") from credential MITXONLINE_DATABASE\n")
        try Data("b\n".utf8).write(to: folder.appendingPathComponent("DATABASE_URL"))
        #expect(
            await value(of: setting, environment: environment).output
                == "Optional(\"b\") from credential DATABASE_URL\n")
        environment["DATABASE_URL"] = ""
        environment["MITXONLINE_DATABASE"] = "c"
        #expect(
            await value(of: setting, environment: environment).output == "Optional(\"c\") from MITXONLINE_DATABASE\n")
        environment["DATABASE_URL"] = "d"
        #expect(await value(of: setting, environment: environment).output == "Optional(\"d\") from DATABASE_URL\n")
        #expect(
            await value(of: setting, environment: environment, "--database=e").output
                == "Optional(\"e\") from --database\n")
    }

    @Test("a default counts where nothing is given")
    func preset() async {
        #expect(await value(of: SampleProgram.pageSize).output == "100 from default\n")
        #expect(await value(of: SampleProgram.maxAge).output == "600.0 seconds from default\n")
    }

    @Test("a wrong variable is a matter of configuration, a wrong option one of usage")
    func wrong() async {
        let size = SampleProgram.pageSize
        #expect(
            await value(of: size, environment: ["MITXONLINE_PAGE_SIZE": "0"])
                == .init(
                    status: .configuration, output: "",
                    diagnostics: "sample: MITXONLINE_PAGE_SIZE: 0 is not between 1 and 1000\n"))
        #expect(
            await value(of: size, environment: ["MITXONLINE_PAGE_SIZE": "0"], "--page-size=1001")
                == .init(
                    status: .usage, output: "", diagnostics: "sample: --page-size: 1001 is not between 1 and 1000\n"))
    }

    @Test("a wrong setting stops the command before it begins, even when it would not be read")
    func eager() async {
        let result = await value(of: SampleProgram.pageSize, environment: ["MITXONLINE_MAX_AGE": "soon"])
        #expect(
            result
                == .init(
                    status: .configuration, output: "",
                    diagnostics: "sample: MITXONLINE_MAX_AGE: soon is not a time such as 30s, 10m, 6h or 2d\n"))
    }

    @Test("what is required and missing is named with both ways to give it")
    func missing() async {
        let result = await value(of: SampleProgram.pageSize, environment: ["MITXONLINE_SITE_BASE_URL": ""])
        #expect(
            result
                == .init(
                    status: .usage, output: "",
                    diagnostics:
                        "sample: siteBaseURL is not set: give --site-base-url URL or set MITX_ONLINE_BASE_URL\n"))
    }

    @Test("the value of a secret or masked setting is not repeated in an error")
    func masked() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let number = Setting(
            "pin", optional: ValueType<Int>.integer(1...9), exposure: .secret, "a secret number")
        let program = Program(
            "sample", version: "1", "Samples",
            subcommands: [Subcommand("show", "shows", settings: [number]) { _ in Outcome() }])
        var harness = Harness()
        harness.environment["MITXONLINE_PIN"] = "4711"
        #expect(
            await harness.run(program, ["show"])
                == .init(
                    status: .configuration, output: "",
                    diagnostics: "sample: MITXONLINE_PIN: the value is not between 1 and 9\n"))
        harness.environment = ["CREDENTIALS_DIRECTORY": folder.path]
        try Data([0x34, 0xff]).write(to: folder.appendingPathComponent("MITXONLINE_PIN"))
        #expect(
            await harness.run(program, ["show"]).diagnostics == "sample: credential MITXONLINE_PIN is not UTF-8 text\n")
    }

    @Test("printing an invocation's settings shows no value")
    func opaque() async {
        let program = SampleProgram.program(render: { invocation in
            var text = ""
            dump(invocation.settings, to: &text)
            try invocation.print(text) { _ in }
            return Outcome()
        })
        var harness = Harness()
        harness.environment = site.merging(["FASTLY_AUTH_TOKEN": "canary-9", "DATABASE_URL": "canary-8"]) { $1 }
        let result = await harness.run(program, ["render"])
        #expect(result.status == .done)
        #expect(result.output.contains("FASTLY_AUTH_TOKEN"))
        #expect(!result.output.contains("canary"))
    }

    @Test("a setting that the command does not declare is a bug")
    func undeclared() async {
        let other = Setting("other", optional: ValueType<String>.text, "another")
        let result = await value(of: other)
        #expect(result.status == .bug)
        #expect(result.diagnostics == "sample: the command does not declare the setting other that it reads\n")
    }

    @Test("a program lists each of its settings once")
    func table() {
        #expect(
            SampleProgram.program().settings.map(\.key) == [
                "database", "siteBaseURL", "catalog.pageSize", "catalog.compat", "catalog.pages", "catalog.maxAge",
                "archives.bucket", "fastly.token", "log.format", "log.level", "metrics",
            ])
    }
}
