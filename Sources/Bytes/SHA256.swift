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

    /// The 32 bytes of the digest.
    public consuming func finalize() -> Digest {
        var result = [UInt8](repeating: 0, count: 32)
        guard EVP_DigestFinal_ex(context, &result, nil) == 1 else {
            preconditionFailure("libcrypto failed to finish a digest")
        }
        return Digest(bytes: result)
    }

    /// The digest of `bytes`.
    public static func hash(_ bytes: some Collection<UInt8>) -> Digest {
        var sha = SHA256()
        sha.update(bytes)
        return sha.finalize()
    }
}

/// The value of a digest.
public struct Digest: Hashable, Sendable {
    /// The raw bytes, 32 of them for SHA-256.
    public let bytes: [UInt8]

    /// Lower-case hexadecimal digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { digits in
            for (index, byte) in bytes.enumerated() {
                digits.initializeElement(at: 2 * index, to: (byte >> 4).hexadecimalDigit)
                digits.initializeElement(at: 2 * index + 1, to: (byte & 15).hexadecimalDigit)
            }
            return 2 * bytes.count
        }
    }
}

extension UInt8 {
    /// The lower-case ASCII digit of a value from 0 to 15.
    var hexadecimalDigit: UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + self - 10
    }
}
