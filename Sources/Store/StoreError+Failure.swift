import Command

extension StoreError {
    /// What the error means to the person who started the program.
    public var failure: Failure { Failure(code.status, description) }
}

extension StoreError.Code {
    fileprivate var status: ExitStatus {
        switch self {
        case .unsupportedLocator, .passwordInLocator: .usage
        case .cannotConnect, .connectionLost: .unavailable
        case .authentication, .notFound, .permissionDenied: .configuration
        case .notADatabase, .missingTable, .missingColumn, .malformedValue, .uniqueViolation, .constraint: .data
        case .serialization, .timeout, .busy: .temporary
        case .readOnly, .diskFull, .storageFailed: .cannotCreate
        case .invalidStatement, .internal: .bug
        }
    }
}
