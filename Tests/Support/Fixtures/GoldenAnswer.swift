import Bytes

/// One recorded answer of MITx Online.
public struct GoldenAnswer: Sendable {
    /// Path and query of the request.
    public let request: String
    /// The file below `Tests/Fixtures/golden`.
    public let file: String
    /// The HTTP status.
    public let status: Int
    /// The SHA-256 of the body as it was sent, in lower-case hexadecimal digits.
    public let sha256: String

    /// All answers of `manifest.json`, in its order.
    public static func all() throws -> [GoldenAnswer] {
        let manifest = try FixtureFiles.json("golden/manifest.json")
        guard let entries = manifest["requests"]?.array else { throw FixtureError("the manifest has no requests") }
        return try entries.map { entry in
            guard let request = entry["request"]?.string, let file = entry["file"]?.string,
                let status = entry["status"]?.int, let sha256 = entry["raw_sha256"]?.string
            else { throw FixtureError("an entry of the manifest lacks a field") }
            return GoldenAnswer(request: request, file: file, status: status, sha256: sha256)
        }
    }

    /// The body as a document.
    public func document() throws -> JSONValue {
        try FixtureFiles.json("golden/" + file)
    }

    /// The body as it was sent: the file in its original layout, checked against the recorded digest.
    public func body() throws -> [UInt8] {
        let document = try document()
        let body = file.hasPrefix("wagtail/") ? document.indentedBytes : document.compactBytes
        guard SHA256.hash(body).hex == sha256 else { throw FixtureError("\(file) is not the recorded body") }
        return body
    }
}
