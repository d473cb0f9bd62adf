import Bytes

/// A whole JSON value that several files have, kept once: a course in its own document, in a list, in the answer to a query.
public final class Fragment: Sendable {
    private enum Storage: Sendable {
        case memory([ArraySlice<UInt8>])
        case elsewhere(any FragmentStore, place: Int, count: Int)
    }

    private let storage: Storage
    /// Size and digest of the bytes where they are known without reading them; nil otherwise.
    public let known: (size: Int, digest: Digest)?

    /// The value that the slices make up; parts of them may be shared with other fragments.
    public init(_ slices: [ArraySlice<UInt8>]) {
        storage = .memory(slices)
        known = nil
    }

    /// The value that `bytes` write.
    public convenience init(_ bytes: [UInt8]) {
        self.init([bytes[...]])
    }

    /// The value whose `count` bytes `store` has at `place`.
    ///
    /// - Parameter digest: the SHA-256 digest of the bytes, if it is known.
    public init(in store: any FragmentStore, place: Int, count: Int, digest: Digest? = nil) {
        storage = .elsewhere(store, place: place, count: count)
        known = digest.map { (count, $0) }
    }

    /// Calls `work` with the bytes, run by run.
    func forEachRun<Failure: Error>(
        _ work: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        switch storage {
        case .memory(let slices): for slice in slices { try slice.withRun(work) }
        case .elsewhere(let store, let place, let count): try store.bytes(at: place, count: count)[...].withRun(work)
        }
    }
}

/// Where fragments are that are better not kept in memory.
public protocol FragmentStore: Sendable {
    /// The `count` bytes at `place`. A store that cannot give them remembers why, and gives as many zeros.
    func bytes(at place: Int, count: Int) -> [UInt8]

    /// Takes in the bytes of `slices`; nil when it cannot.
    func fragment(of slices: [ArraySlice<UInt8>]) -> Fragment?
}

/// A file outside the snapshot, such as an image, that is not read for every snapshot that has it.
public protocol ExistingFile: FragmentStore {
    /// The number of bytes.
    var size: Int { get }
    /// The SHA-256 digest of the bytes.
    var digest: Digest { get }
}
