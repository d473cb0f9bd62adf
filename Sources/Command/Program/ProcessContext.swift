@preconcurrency import Glibc

/// What a program gets from the process it runs in; a test makes one of its own.
public struct ProcessContext: Sendable {
    /// The words after the program's name.
    public let arguments: [String]
    /// The variables of the environment.
    public let environment: [String: String]
    /// Where results go.
    public let output: ByteSink
    /// Where the log goes.
    public let diagnostics: ByteSink
    /// The terminal that shows the log, nil when there is none.
    public let terminal: Terminal?
    /// The clocks.
    public let time: TimeSource
    /// The requests to stop.
    public let stopSignals: AsyncStream<StopSignal>

    /// A context of the caller's making.
    public init(
        arguments: [String], environment: [String: String], output: ByteSink, diagnostics: ByteSink,
        terminal: Terminal? = nil, time: TimeSource, stopSignals: AsyncStream<StopSignal> = AsyncStream { $0.finish() }
    ) {
        self.arguments = arguments
        self.environment = environment
        self.output = output
        self.diagnostics = diagnostics
        self.terminal = terminal
        self.time = time
        self.stopSignals = stopSignals
    }
}

extension ProcessContext {
    /// The context of this process: the one place where a program looks at its surroundings. From here on the stop
    /// signals are received, and a reader that went away or a limit on the size of files is an error of the write, not a
    /// signal.
    static func process() -> ProcessContext {
        occupyStandardDescriptors()
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        let environment = currentEnvironment()
        return ProcessContext(
            arguments: Array(CommandLine.arguments.dropFirst()), environment: environment,
            output: .descriptor(STDOUT_FILENO, name: "standard output"),
            diagnostics: .descriptor(STDERR_FILENO, name: "standard error"),
            terminal: terminal(of: STDERR_FILENO, type: environment["TERM"]), time: .system,
            stopSignals: StopSignal.received())
    }

    /// Puts something in the place of standard descriptors that were closed: the next file that is opened, a database
    /// perhaps, would else be taken for standard output and written into. Writing there fails as it would have.
    private static func occupyStandardDescriptors() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free descriptor is the one that is given out.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    private static func currentEnvironment() -> [String: String] {
        var environment: [String: String] = [:]
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        while let entry = next?.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                environment[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next = next?.advanced(by: 1)
        }
        return environment
    }

    private static func terminal(of descriptor: Int32, type: String?) -> Terminal? {
        guard isatty(descriptor) == 1, let type, type != "dumb" else { return nil }
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Terminal(columns: isKnown ? Int(size.ws_col) : 80)
    }
}
