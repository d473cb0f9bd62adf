import Bytes
import Command
import Foundation
import Support

/// Measures the programs on made-up data.
@main
enum Bench {
    static func main() async {
        do {
            let options = try BenchOptions(Array(CommandLine.arguments.dropFirst()))
            switch options.task {
            case .measure:
                if options.parts.contains(.renders) { try await RenderBench.run(options) }
                if options.parts.contains(.pages) { try await PagesBench.run(options) }
                if options.parts.contains(.jobs) { try await JobBench.run(options) }
            case .writeCatalog(let locator, let courses):
                let rows = try await SyntheticCatalog(courses: courses).write(to: locator)
                say("\(rows) rows for \(courses) courses")
            case .writeEnrollments(let locator, let enrollments):
                let rows = try await enrollments.write(to: locator, at: TimeSource.system.now())
                say("\(rows) rows for \(enrollments.count) enrollments")
            case .serveLMS: try LMSStandIn.serve()
            }
        } catch {
            let isUsage = (error as? BenchError)?.isUsage ?? false
            FileHandle.standardError.write(Data("\(error)\n\(isUsage ? BenchOptions.usage + "\n" : "")".utf8))
            exit(isUsage ? 64 : 1)
        }
    }
}

/// The machine, and how many processes wanted to run on it in the last minute, on the average: with others at work, a program
/// of several threads loses more than `cp` does.
var machine: String {
    let average = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? "?"
    return "\(ProcessInfo.processInfo.activeProcessorCount) cores, load \(average.prefix { $0 != " " })"
}

/// Prints so that it shows at once, also through a pipe.
func say(_ text: String) {
    print(text)
    fflush(nil)
}

/// The path of this program, for tasks that another process of it does.
func ownPath() throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
}

/// The most memory that this process had resident so far, in bytes, below which a child's cannot be seen.
var ownPeak: Int {
    var own = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
    return Int(own.ru_maxrss) * 1024
}
