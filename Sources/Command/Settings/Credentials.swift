import Glibc

/// The credentials that systemd hands to a service: one file each in the folder `$CREDENTIALS_DIRECTORY`.
struct Credentials: Sendable {
    private static let largest = 1 << 20

    let directory: String?

    /// The content of the file `name` without a line feed at its end, nil when there is none; throws
    /// ``ExitStatus/configuration`` when it cannot be read, is not UTF-8 or is larger than 1 MiB.
    func text(named name: String) throws(Failure) -> String? {
        guard let directory, !directory.isEmpty else { return nil }
        let file = open("\(directory)/\(name)", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(name, "cannot be read: \(systemMessage(errno))")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(name, "cannot be read: \(systemMessage(errno))")
            }
            bytes += chunk[..<count]
            if bytes.count > Credentials.largest { throw failure(name, "is larger than 1 MiB") }
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure(name, "is not UTF-8 text") }
        return text
    }

    private func failure(_ name: String, _ problem: String) -> Failure {
        Failure(.configuration, "\(SettingOrigin.credential(name)) \(problem)")
    }
}
