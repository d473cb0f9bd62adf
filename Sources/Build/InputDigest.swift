import Bytes
import Command
import Glibc
import Snapshot

/// The digest of all that documents follow from but the clock: rows, settings, templates and program
/// (`spec/catalog.md` §5.5.2).
enum InputDigest {
    static func of(rows: Digest, settings: RenderSettings, site: SiteTemplates?) throws(Failure) -> Digest {
        var sha = SHA256()
        sha.update(try program().utf8)
        sha.update(rows)
        sha.update(settings.fingerprint)
        if let site { sha.update(site.fingerprint) }
        return sha.finalize()
    }

    /// What tells this very program from every other build of it, which may render differently: the file that it is. (So might
    /// other versions of the libraries that it is linked with; those are left to the renders that do not ask first.)
    private static func program() throws(Failure) -> String {
        let path = "/proc/self/exe"
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Failure(.bug, "\(path) cannot be looked at, by which the program knows itself")
        }
        let (file, time) = ("\(status.st_dev):\(status.st_ino)", "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)")
        return "\(MITxOnlineBuild.program.version) \(file) \(status.st_size) \(time)"
    }
}
