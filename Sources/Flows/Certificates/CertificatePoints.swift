import Command

/// The points at which a debug build can be made to end while certificates are written.
public enum CertificatePoints {
    /// A file of a certificate has its new bytes.
    public static let written = FaultPoint("certificate.written")
    /// What a certificate had is removed.
    public static let removed = FaultPoint("certificate.removed")
    /// All files are as they shall be, the register is not yet.
    public static let compared = FaultPoint("certificate.compared")

    /// All of them.
    public static let all = [written, removed, compared]
}
