import Synchronization

/// The names that accounts got while several tasks made them, by the id of the enrollment.
final class NamesOfLearners: Sendable {
    private let names = Mutex<[Int: String]>([:])

    func add(_ name: String, of id: Int) {
        names.withLock { $0[id] = name }
    }

    subscript(id: Int) -> String? {
        names.withLock { $0[id] }
    }
}
