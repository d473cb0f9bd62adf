/// The status a program ends with; the numbers from 64 on are those of BSD's `sysexits.h`.
public enum ExitStatus: Int32, CaseIterable, Sendable {
    case done = 0
    case partly = 3
    case usage = 64
    case data = 65
    case unavailable = 69
    case bug = 70
    case cannotCreate = 73
    case temporary = 75
    case configuration = 78

    /// What the status says to an operator, in one line of every help text.
    public var meaning: String {
        switch self {
        case .done: "done, also when there was nothing to do or the same work is already running"
        case .partly: "done in part: some items failed, the log names them"
        case .usage: "usage: the command line is wrong"
        case .data: "data: the input cannot be used as it is"
        case .unavailable: "a service or a needed program is not available"
        case .bug: "a bug in this program; please report it"
        case .cannotCreate: "output cannot be created or written"
        case .temporary: "temporary, also when a signal stopped the work: run it again"
        case .configuration: "configuration: a setting or a credential is missing or wrong"
        }
    }
}
