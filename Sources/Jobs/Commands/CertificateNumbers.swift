import Command
import Store

/// The option by which an operator chooses certificates.
enum CertificateNumbers {
    static let certificates = Option(
        "certificate", ValueType<[UniqueID]>.uuids, "the UUIDs of the certificates, separated by commas")
}

extension ValueType<[UniqueID]> {
    /// UUIDs that are separated by commas, at least one.
    fileprivate static let uuids = ValueType(placeholder: "LIST") { text throws(InvalidValue) in
        let texts = text.split { $0 == "," || $0 == " " }
        guard !texts.isEmpty else { throw InvalidValue("names no certificate") }
        var uuids: [UniqueID] = []
        for text in texts {
            guard let uuid = UniqueID(String(text)) else { throw InvalidValue("holds something else than UUIDs") }
            uuids.append(uuid)
        }
        return uuids
    }
}
