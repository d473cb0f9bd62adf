import CCrypto

extension SHA256 {
    /// The authentication code of `message` under `key`: HMAC-SHA256 (RFC 2104; OpenSSL's libcrypto).
    ///
    /// Codes that come from outside are compared in constant time, never by `==`.
    public static func authenticationCode(
        of message: some Collection<UInt8>, key: some Collection<UInt8>
    ) -> Digest {
        let message = Array(message)
        let key = Array(key)
        return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { place in
            var length = 0
            let code = EVP_Q_mac(
                nil, "HMAC", nil, "SHA256", nil, key, key.count, message, message.count,
                place.bindMemory(to: UInt8.self).baseAddress, place.count, &length)
            precondition(code != nil && length == 32, "libcrypto offers no HMAC-SHA256")
            return Digest(UnsafeRawBufferPointer(place))
        }
    }
}
