import Synchronization

/// A large value that goes from hand to hand: whoever takes it is the last to hold it, and memory is free when it is done.
final class HandOver<Value: Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    /// The value; nil when it was taken before.
    func take() -> Value? {
        value.withLock { $0.take() }
    }
}
