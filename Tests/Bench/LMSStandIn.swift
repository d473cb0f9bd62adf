import Bytes
import Foundation
import Support

/// Plays Open edX in a process of its own, and answers at once: it keeps nothing, and grants every enrollment.
///
/// The fake LMS of the tests looks through all accounts for each call, which takes longer than what is measured here.
struct LMSStandIn {
    /// The address at which everybody is enrolled already.
    let full: String
    /// The address at which nobody is.
    let empty: String
    private let process: Process
    private let lifeline: Pipe

    /// Starts one.
    init() throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: try ownPath())
        process.arguments = ["--serve-lms", "yes"]
        lifeline = Pipe()
        let output = Pipe()
        process.standardInput = lifeline
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let addresses = line.split { $0.isWhitespace }.map(String.init)
        guard addresses.count == 2 else { throw BenchError("the stand-in of Open edX does not start") }
        (full, empty) = (addresses[0], addresses[1])
    }

    /// Ends it.
    func stop() throws {
        try lifeline.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Serves in this process until its input ends, and prints its addresses.
    static func serve() throws {
        let servers = try [true, false].map { isFull in
            try LoopbackServer.start { request in answer(request, isFull: isFull) }
        }
        say(servers.map(\.url).joined(separator: " "))
        _ = FileHandle.standardInput.readDataToEndOfFile()
        for server in servers { server.stop() }
    }

    private static func answer(_ request: LoopbackRequest, isFull: Bool) -> LoopbackReply {
        if request.method == "POST" { return enrolled(request) }
        if request.path.hasPrefix(GradeBook.path) { return GradeBook.answer(request) }
        guard isFull else { return .json(#"{"next":null,"previous":null,"results":[]}"#) }
        let run = request.parameter("course_id") ?? ""
        let results = (request.parameter("username") ?? "").split(separator: ",").map { name in
            #"{"created":null,"mode":"audit","is_active":true,"user":"\#(name)","course_id":"\#(run)"}"#
        }
        return .json(#"{"next":null,"previous":null,"results":[\#(results.joined(separator: ","))]}"#)
    }

    private static func enrolled(_ request: LoopbackRequest) -> LoopbackReply {
        guard let body = try? request.json(), let user = body["user"]?.string, let mode = body["mode"]?.string,
            let run = body["course_details"]?["course_id"]?.string
        else { return .json("{}", status: 400) }
        return .json(
            #"{"mode":"\#(mode)","is_active":true,"user":"\#(user)","course_details":{"course_id":"\#(run)"}}"#)
    }
}
