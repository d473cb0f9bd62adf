import Catalog
import Command
import Markup
import Publisher
import Records
import Store

/// What the errors of the modules mean to the person who started the program.
enum FailureMeaning {
    @Sendable static func of(_ error: any Error) -> Failure? {
        switch error {
        case let error as StoreError: error.failure
        case let error as CatalogError: Failure(.data, error.description)
        case let error as ImportError: Failure(.data, error.description)
        case let error as TemplateError: Failure(.data, error.oneLine)
        case let error as PublishError: Failure(error.status, error.description)
        default: nil
        }
    }
}
