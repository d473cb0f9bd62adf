import Catalog
import Command
import Publisher
import Records
import Store

/// What the errors of the modules mean to the person who started the program.
enum FailureMeaning {
    @Sendable static func of(_ error: any Error) -> Failure? {
        switch error {
        case let error as StoreError: Failure(status(of: error.code), error.description)
        case let error as CatalogError: Failure(.data, error.description)
        case let error as ImportError: Failure(.data, error.description)
        case let error as PublishError: Failure(error.status, error.description)
        default: nil
        }
    }

    private static func status(of code: StoreError.Code) -> ExitStatus {
        switch code {
        case .unsupportedLocator, .passwordInLocator: .usage
        case .cannotConnect, .connectionLost: .unavailable
        case .authentication, .notFound, .permissionDenied: .configuration
        case .notADatabase, .missingTable, .missingColumn, .malformedValue, .uniqueViolation, .constraint: .data
        case .serialization, .timeout, .busy: .temporary
        case .readOnly, .diskFull: .cannotCreate
        case .invalidStatement, .internal: .bug
        }
    }
}
