import Bytes
import Records

/// Which certificates the folder holds, and from what each was made: a file in the folder itself, so that the two can not
/// contradict each other when one of them is lost. A register that is missing, old or spoilt costs a comparison of files.
struct CertificateRegister {
    /// The name of the file. It lists addresses that are secrets, and nobody but the owner may read it.
    static let name = ".register"

    private var digests: [CertificateKind: [String: Digest]] = [:]
    private(set) var hasChanged = false

    /// Nothing.
    init() {}

    /// What the file holds; lines that make no sense are passed over.
    init(parsing bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "))
            guard words.count == 3, let kind = CertificateKind(rawValue: String(decoding: words[0], as: UTF8.self)),
                let digest = Digest(hex: String(decoding: words[2], as: UTF8.self))
            else { continue }
            digests[kind, default: [:]][String(decoding: words[1], as: UTF8.self)] = digest
        }
    }

    /// From what the certificate's files were made; nil when there are none.
    subscript(kind: CertificateKind, uuid: String) -> Digest? {
        get { digests[kind]?[uuid] }
        set {
            guard digests[kind]?[uuid] != newValue else { return }
            digests[kind, default: [:]][uuid] = newValue
            hasChanged = true
        }
    }

    /// The certificates that it knows.
    func uuids(_ kind: CertificateKind) -> [String] {
        digests[kind].map { Array($0.keys) } ?? []
    }

    /// The file's bytes, the same for the same entries.
    var bytes: [UInt8] {
        var buffer = ByteBuffer()
        for kind in CertificateKind.allCases {
            for (uuid, digest) in (digests[kind] ?? [:]).sorted(by: { ByteKey($0.key) < ByteKey($1.key) }) {
                buffer.append("\(kind.rawValue) \(uuid) ")
                buffer.append(digest)
                buffer.append("\n" as StaticString)
            }
        }
        return buffer.fittedBytes
    }
}
