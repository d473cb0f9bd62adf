import Command
import Testing

@Suite("Help")
struct HelpTests {
    private let program = SampleProgram.program()

    private static let standardPart = """
        Options of every command:
          --json
                print the result as one JSON object
          --log-format WORD
                how the log is written: text on a terminal, else json, when it is not
                set; json or text (MITXONLINE_LOG_FORMAT)
          --log-level LEVEL
                the least important events that the log shows; debug, info, warning or
                error (default info; MITX_ONLINE_LOG_LEVEL, MITXONLINE_LOG_LEVEL)
          --metrics PATH
                a file to write the figures of the run into, for the textfile collector
                of node_exporter (MITXONLINE_METRICS)
          -h, --help
                print this help and end
          --version
                print the version and end

        Exit status:
          0   done, also when there was nothing to do or the same work is already
              running
          3   done in part: some items failed, the log names them
          64  usage: the command line is wrong
          65  data: the input cannot be used as it is
          69  a service or a needed program is not available
          70  a bug in this program; please report it
          73  output cannot be created or written
          75  temporary, also when a signal stopped the work: run it again
          78  configuration: a setting or a credential is missing or wrong

        """

    @Test("a program's help lists its commands")
    func ofProgram() async {
        let text = """
            Usage: sample COMMAND [OPTION]…

            Renders samples.

            Commands:
              import
                    reads a folder into a database
              render
                    renders the catalog

            \(HelpTests.standardPart)
            'sample COMMAND --help' tells more of a command.

            """
        #expect(await Harness().run(program, ["--help"]) == .init(status: .done, output: text, diagnostics: ""))
    }

    @Test("a command's help lists its arguments, options and settings with their defaults and variables")
    func ofCommand() async {
        let text = """
            Usage: sample render [OPTION]…

            renders the catalog.

            Nothing that did not change is written again.

            Options:
              --check
                    render and validate, publish nothing
              --now INSTANT
                    the instant of the snapshot; such as 2026-11-23T20:45:00Z
              --limit N
                    how many at most (default 10)
              --site-base-url URL
                    scheme and host of the site (required; MITX_ONLINE_BASE_URL,
                    MITXONLINE_SITE_BASE_URL)
              --page-size N
                    how many courses or programs one list page holds; between 1 and 1000
                    (default 100; MITXONLINE_PAGE_SIZE)
              --compat WORD
                    the render mode; improved or strict (default improved;
                    MITXONLINE_COMPAT)
              --pages BOOL
                    whether pages documents are written; true or false (default true;
                    MITXONLINE_PAGES)
              --max-age TIME
                    how long a document may be cached; such as 30s, 10m, 6h or 2d (default
                    600s; MITXONLINE_MAX_AGE)
              --archives-bucket TEXT
                    the bucket that archives go to (MITXONLINE_ARCHIVES_BUCKET)
              --database TEXT
                    the database to read (DATABASE_URL, MITXONLINE_DATABASE)

            Secrets, from the environment or as systemd credentials:
              FASTLY_AUTH_TOKEN, MITXONLINE_FASTLY_TOKEN
                    the key of the cache to purge

            \(HelpTests.standardPart)
            """
        #expect(await Harness().run(program, ["render", "-h"]) == .init(status: .done, output: text, diagnostics: ""))
    }

    @Test("arguments that may be left out stand in brackets")
    func arguments() async {
        let output = await Harness().run(program, ["import", "--help"]).output
        #expect(output.hasPrefix("Usage: sample import DIR [LABEL] [OPTION]…\n"))
        #expect(output.contains("\nArguments:\n  DIR\n        the folder to import\n  LABEL\n        a name for it\n"))
    }

    @Test("help and version are given whatever else is wrong, but not after --")
    func always() async {
        var harness = Harness()
        harness.environment["MITXONLINE_LOG_LEVEL"] = "loud"
        #expect(await harness.run(program, ["render", "--frobnicate", "--help"]).status == .done)
        #expect(
            await harness.run(program, ["--version"]) == .init(status: .done, output: "sample 1.2.3\n", diagnostics: "")
        )
        #expect(await Harness().run(program, ["import", "--", "--help", "--version"]).output == "")
    }
}
