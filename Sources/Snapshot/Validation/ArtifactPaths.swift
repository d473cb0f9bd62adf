import Bytes

extension SnapshotCheck {
    /// What is wrong with the paths of `artifacts`: a snapshot without such problems cannot leave its folder
    /// (`spec/catalog.md` §5.1).
    ///
    /// Every path begins with one of the three roots; no part is empty, `.`, `..`, longer than 255 bytes or holds a
    /// control character; no path occurs twice, and none is also a folder of another.
    public static func pathProblems(in artifacts: [Artifact]) -> [SnapshotProblem] {
        var problems: [SnapshotProblem] = []
        var files: Set<ByteKey> = []
        files.reserveCapacity(artifacts.count)
        for artifact in artifacts {
            if let text = artifact.path.faultAsPath {
                problems.append(SnapshotProblem(path: artifact.path, pointer: "", text: text))
            } else if !files.insert(ByteKey(artifact.path)).inserted {
                problems.append(SnapshotProblem(path: artifact.path, pointer: "", text: "two files have this path"))
            }
        }
        var folders: Set<ByteKey> = []
        for artifact in artifacts {
            // A folder that was seen before has had its own parents looked at.
            var path = artifact.path.parentFolder
            while let folder = path, folders.insert(ByteKey(folder)).inserted {
                if files.contains(ByteKey(folder)) {
                    problems.append(SnapshotProblem(path: folder, pointer: "", text: "is a file and also a folder"))
                }
                path = folder.parentFolder
            }
        }
        return problems
    }
}

extension String {
    /// What stands before the last `/`; nil without one.
    fileprivate var parentFolder: String? {
        utf8.lastIndex(of: UInt8(ascii: "/")).map { String(self[..<$0]) }
    }

    /// Why this is no path of an artifact; nil if it is one.
    fileprivate var faultAsPath: String? {
        guard ["public/", "internal/", "preview/"].contains(where: { utf8.starts(with: $0.utf8) }) else {
            return "the path does not begin with public/, internal/ or preview/"
        }
        var part = PathPart()
        for byte in utf8 {
            if byte == UInt8(ascii: "/") {
                if let fault = part.fault { return fault }
                part = PathPart()
            } else {
                if byte < 0x20 || byte == 0x7f { return "a control character in the path" }
                part.length += 1
                if byte == UInt8(ascii: ".") { part.dots += 1 }
            }
        }
        return part.fault
    }
}

/// What counts about one part of a path.
private struct PathPart {
    var length = 0
    var dots = 0

    var fault: String? {
        if length == dots, length <= 2 { return "a part of the path is empty, . or .." }
        return length > 255 ? "a part of the path is longer than 255 bytes" : nil
    }
}
