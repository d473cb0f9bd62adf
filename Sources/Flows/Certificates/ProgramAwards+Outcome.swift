import Catalog
import Records

extension ProgramAwards.Award {
    /// Whether a certificate was issued.
    public var isCreated: Bool {
        if case .created = self { true } else { false }
    }
}

extension ProgramAwards {
    /// The ids of the certificates that were issued, in ascending order.
    public static func created(in awards: [LearnerProgram: Award]) -> [Int] {
        awards.values.compactMap { award in
            if case .created(let id) = award { id } else { nil }
        }.sorted()
    }

    /// Learners of one program who all met the same failure.
    public struct Failures: Sendable {
        /// The program.
        public let program: Int
        /// How many learners.
        public let count: Int
        /// What was the matter.
        public let problem: String
        /// What logs call them.
        public let name: String
    }

    /// What failed, in the order of the programs. A fault of a program's own is told once, however many learners meet it.
    public static func failures(in awards: [LearnerProgram: Award]) -> [Failures] {
        var pairs: [String: [LearnerProgram]] = [:]
        for (pair, award) in awards {
            if case .failed(let problem) = award { pairs["\(pair.program) \(problem)", default: []].append(pair) }
        }
        return pairs.values.compactMap { pairs in
            guard let first = pairs.min(), case .failed(let problem)? = awards[first] else { return nil }
            let name = pairs.count == 1 ? "\(first)" : "\(pairs.count) learners in program \(first.program)"
            return Failures(program: first.program, count: pairs.count, problem: problem, name: name)
        }.sorted { ($0.program, $0.problem) < ($1.program, $1.problem) }
    }
}

extension ProgramRequirements {
    /// The learners of new certificates, each with the live programs that require the certificate's.
    func dependents(of created: [LearnerProgram]) -> Set<LearnerProgram> {
        Set(
            created.flatMap { pair in
                programs(requiring: pair.program).filter(\.isLive)
                    .map { LearnerProgram(user: pair.user, program: $0.id) }
            })
    }
}
