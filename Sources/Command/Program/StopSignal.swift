import Dispatch
import Glibc

/// A signal that asks a program to stop.
public enum StopSignal: Int32, CaseIterable, Sendable {
    case interrupt = 2
    case terminate = 15

    /// The name: `SIGTERM`.
    public var name: String {
        switch self {
        case .interrupt: "SIGINT"
        case .terminate: "SIGTERM"
        }
    }

    /// The signals that reach this process. The first one is delivered; from then on a signal ends the process at once.
    static func received() -> AsyncStream<StopSignal> {
        let (stream, continuation) = AsyncStream.makeStream(of: StopSignal.self)
        let source = DispatchSource.makeReadSource(
            fileDescriptor: pipeEnds.read, queue: DispatchQueue(label: "stop signals"))
        source.setEventHandler {
            // The handler holds its own source, which is to live as long as the process.
            withExtendedLifetime(source) {
                var byte: UInt8 = 0
                guard read(pipeEnds.read, &byte, 1) == 1, let received = StopSignal(rawValue: Int32(byte)) else {
                    return
                }
                for other in allCases { signal(other.rawValue, SIG_DFL) }
                continuation.yield(received)
            }
        }
        source.resume()
        for stopSignal in allCases {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                let before = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(StopSignal.pipeEnds.write, &byte, 1)
                errno = before
            }
            // System calls go on, and a second signal of the kind finds the handler gone.
            action.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_RESETHAND))
            sigaction(stopSignal.rawValue, &action, nil)
        }
        return stream
    }

    /// The way out of a signal handler, which may do little more than a write.
    private static let pipeEnds: (read: Int32, write: Int32) = {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }()
}
