import Command

/// The program `mitxonline-build`.
@main
enum MITxOnlineBuild {
    static func main() async {
        await program.main()
    }

    /// The program as data.
    static let program = Program(
        "mitxonline-build", version: "0.1.0",
        "Renders the catalog of a MITx Online database into files that any static host can serve",
        subcommands: [
            RenderCommand.subcommand, PreviewCommand.subcommand, CheckCommand.subcommand, ListCommand.subcommand,
            VerifyCommand.subcommand, RollbackCommand.subcommand, ImportCommand.subcommand,
            TemplateCommand.subcommand,
        ],
        faultPoints: RenderCommand.faultPoints, failure: FailureMeaning.of)
}
