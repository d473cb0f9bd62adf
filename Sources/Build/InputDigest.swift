import Bytes
import Command
import Glibc
import Snapshot

/// The digest of all that documents follow from but the clock: rows, settings and program (`spec/catalog.md` §5.5.2).
enum InputDigest {
    static func of(rows: Digest, settings: RenderSettings, program: Digest) -> Digest {
        var sha = SHA256()
        sha.update(program)
        sha.update(rows)
        sha.update(settings.fingerprint)
        return sha.finalize()
    }

    /// The digest of this very program: another build of the same version may render differently. (So might other versions of
    /// the libraries that it is linked with; those are left to the renders that do not ask first.)
    static func ofProgram() throws(Failure) -> Digest {
        let path = "/proc/self/exe"
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(.bug, "\(path) cannot be opened, by which the program knows itself") }
        defer { close(file) }
        var sha = SHA256()
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(.bug, "\(path) cannot be read, by which the program knows itself") }
            if count == 0 { return sha.finalize() }
            sha.update(chunk[..<count])
        }
    }
}
