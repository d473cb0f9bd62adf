import Command

/// The program `mitxonline-jobs`.
@main
enum MITxOnlineJobs {
    static func main() async {
        await program.main()
    }

    /// The program as data.
    static let program = Program(
        "mitxonline-jobs", version: "0.1.0", "Runs the batch jobs of MITx Online", subcommands: [])
}
