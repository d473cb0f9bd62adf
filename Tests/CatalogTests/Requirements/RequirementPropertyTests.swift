import Catalog
import Support
import Testing

/// The rules of the program against ``NaiveRequirements``, on trees that chance has made: nested, without children, with
/// operators that say nothing, numbers that are none, lost rows, several roots, programs that require each other.
///
/// The existing application gives no answer to some of them: it never returns from programs that require each other, and
/// fails for every learner where a number is none.
@Suite("Requirements that chance has made")
struct RequirementPropertyTests {
    private static let seeds = 1...1200

    /// How often each answer was given; a property that always meets the same answer proves little.
    private struct Answers {
        var yes = 0
        var no = 0
        var unusable = 0

        mutating func note(_ answer: Bool?) {
            switch answer {
            case true?: yes += 1
            case false?: no += 1
            case nil: unusable += 1
            }
        }
    }

    @Test("certificates are earned as the rules say, followed word by word")
    func earned() {
        var answers = Answers()
        for seed in Self.seeds {
            let world = RequirementWorld(seed: UInt64(seed))
            let (rules, naive) = (world.requirements, NaiveRequirements(rows: world.rows, paid: world.paid))
            for program in RequirementWorld.programs {
                let answer = try? rules.isEarned(program, by: world.done)
                let expected = try? naive.isEarned(
                    program, courses: world.done.courses, certificates: world.done.programs)
                if answer != expected {
                    Issue.record("seed \(seed), program \(program): \(String(describing: answer))")
                }
                answers.note(expected)
            }
        }
        #expect(answers.yes > 300 && answers.no > 300 && answers.unusable > 100, "\(answers)")
    }

    @Test("enrollments are upgraded as the rules say, followed word by word")
    func upgradable() {
        var answers = Answers()
        for seed in Self.seeds {
            let world = RequirementWorld(seed: UInt64(seed))
            let (rules, naive) = (world.requirements, NaiveRequirements(rows: world.rows, paid: world.paid))
            for program in RequirementWorld.programs {
                let answer = try? rules.isUpgradable(program, by: world.done)
                let expected = try? naive.isUpgradable(
                    program, courses: world.done.courses, programs: world.done.programs)
                if answer != expected {
                    Issue.record("seed \(seed), program \(program): \(String(describing: answer))")
                }
                answers.note(expected)
            }
        }
        #expect(answers.yes > 300 && answers.no > 300 && answers.unusable > 100, "\(answers)")
    }

    @Test("the programs that require themselves are those from which a way leads back")
    func circles() {
        var (some, none) = (0, 0)
        for seed in Self.seeds {
            let world = RequirementWorld(seed: UInt64(seed))
            let naive = NaiveRequirements(rows: world.rows, paid: world.paid)
            let found = world.requirements.findings().filter { $0.kind == .cycle }.map(\.program)
            let expected = RequirementWorld.programs.filter { naive.isCircular($0) }
            if found != expected { Issue.record("seed \(seed): \(found) rather than \(expected)") }
            if expected.isEmpty { none += 1 } else { some += 1 }
        }
        #expect(some > 60 && none > 60, "\(some) and \(none)")
    }

    @Test("who has done more never loses by it")
    func monotony() {
        for seed in Self.seeds {
            let world = RequirementWorld(seed: UInt64(seed))
            let rules = world.requirements
            var more = world.done
            more.courses.insert(seed % 6 + 1)
            more.programs.insert(seed % 4 + 1)
            for program in RequirementWorld.programs where (try? rules.isEarned(program, by: world.done)) == true {
                if (try? rules.isEarned(program, by: more)) != true { Issue.record("seed \(seed), program \(program)") }
            }
        }
    }
}
