import CCrypto

/// The SHA-256 digest of bytes (OpenSSL's libcrypto).
public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// A digest of nothing yet.
    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto offers no SHA-256")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Takes in more bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
            preconditionFailure("libcrypto failed to digest bytes in memory")
        }
    }

    /// Takes in more bytes.
    public mutating func update(_ bytes: some Collection<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
            Array(bytes).withUnsafeBytes { update($0) }
        }
    }

    /// The digest of everything taken in.
    public consuming func finalize() -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { place in
            guard EVP_DigestFinal_ex(context, place.bindMemory(to: UInt8.self).baseAddress, nil) == 1 else {
                preconditionFailure("libcrypto failed to finish a digest")
            }
            return Digest(UnsafeRawBufferPointer(place))
        }
    }

    /// The digest of `bytes`.
    public static func hash(_ bytes: some Collection<UInt8>) -> Digest {
        var sha = SHA256()
        sha.update(bytes)
        return sha.finalize()
    }
}
