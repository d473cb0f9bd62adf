import Catalog

/// The URL of a file in the media storage.
enum MediaURL {
    /// The path below the host, percent-encoded as the storage does it: all but letters, digits and `-_.~/!*()'`.
    static func path(of image: Image) -> String { path(of: image.file) }

    /// The same for a storage key.
    static func path(of file: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var path = Array("/media/".utf8)
        for byte in file.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                path.append(byte)
            case _ where "-_.~/!*()'".utf8.contains(byte):
                path.append(byte)
            default:
                path.append(contentsOf: [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]])
            }
        }
        return String(decoding: path, as: UTF8.self)
    }
}
