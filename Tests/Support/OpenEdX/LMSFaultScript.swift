import Bytes

/// Which calls go wrong, and how: what the test says of single calls, random faults, and outages.
struct LMSFaultScript: Sendable {
    /// Whether a rule is about a request.
    typealias Condition = @Sendable (LMSRequest) -> Bool

    private struct Rule: Sendable {
        let fault: LMSFault
        let call: LMSCall
        let passes: ClosedRange<Int>
        let condition: Condition
        var seen = 0
    }

    fileprivate struct RandomFaults: Sendable {
        let seed: UInt64
        let percent: Int
        let faults: [LMSFault]
        var seen: [UInt64: UInt64] = [:]
    }

    private var rules: [Rule] = []
    private var random: RandomFaults?
    private var outages: [(range: Range<Timestamp>, fault: LMSFault)] = []

    mutating func add(
        _ fault: LMSFault, on call: LMSCall, passes: ClosedRange<Int>, where condition: @escaping Condition
    ) {
        rules.append(Rule(fault: fault, call: call, passes: passes, condition: condition))
    }

    mutating func randomize(seed: UInt64, percent: Int, _ faults: [LMSFault]) {
        random = RandomFaults(seed: seed, percent: percent, faults: faults)
    }

    mutating func addOutage(_ range: Range<Timestamp>, _ fault: LMSFault) {
        outages.append((range, fault))
    }

    mutating func clear() {
        self = LMSFaultScript()
    }

    /// The fault of a request, counted. The first rule that applies counts; all rules see it.
    mutating func fault(of request: LMSRequest, _ call: LMSCall, at now: Timestamp?) -> LMSFault? {
        var found: LMSFault?
        for index in rules.indices where rules[index].call == call && rules[index].condition(request) {
            rules[index].seen += 1
            if found == nil, rules[index].passes.contains(rules[index].seen) { found = rules[index].fault }
        }
        if let now, let outage = outages.first(where: { $0.range.contains(now) }) { return outage.fault }
        return found ?? random?.fault(of: request, call)
    }
}

extension LMSFaultScript.RandomFaults {
    /// The fault depends on the request and how often it came, not on the order among different requests, so that a run
    /// with several calls at once meets the same faults again.
    fileprivate mutating func fault(of request: LMSRequest, _ call: LMSCall) -> LMSFault? {
        var print: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in Array(call.rawValue.utf8) + Array(request.target.utf8) + request.body {
            print = (print ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let count = seen[print, default: 0]
        seen[print] = count + 1
        var generator = SeededGenerator(seed: seed &+ print &+ count &* 0x9e37_79b9)
        guard generator.chance(percent), !faults.isEmpty else { return nil }
        return generator.pick(faults)
    }
}
