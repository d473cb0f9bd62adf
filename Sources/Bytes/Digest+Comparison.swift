import CCrypto

extension Digest {
    /// Whether both are the same, found out in a time that does not depend on where they differ: for what comes from outside.
    public func equalsInConstantTime(_ other: Digest) -> Bool {
        let (left, right) = (bytes, other.bytes)
        return CRYPTO_memcmp(left, right, left.count) == 0
    }
}
