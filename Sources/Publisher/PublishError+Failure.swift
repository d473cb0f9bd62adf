import Command

extension PublishError {
    /// The status that a program ends with that cannot go on.
    public var status: ExitStatus {
        switch code {
        case .noSpace, .denied, .readOnly, .pathTooLong, .obstructed, .system: .cannotCreate
        case .invalidPath: .bug
        case .noOutput, .unknownSnapshot, .nothingServed: .usage
        case .noMedia: .configuration
        case .mediaChanged: .temporary
        case .damaged, .shrunk: .data
        }
    }
}
