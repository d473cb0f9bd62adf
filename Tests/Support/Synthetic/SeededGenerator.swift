/// The same random numbers at every run, on every machine (SplitMix64).
///
/// ``number(_:)``, ``pick(_:)`` and ``chance(_:)`` do their own arithmetic: what the standard library makes of a generator's
/// numbers may change with its version.
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// The numbers that belong to `seed`.
    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number of the range. Small numbers are a trifle more likely, by less than the range's size in 2^64.
    public mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// One of the elements, of which there is at least one.
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(0...elements.count - 1)]
    }

    /// Some of the numbers of the range, each once, in the order they were drawn; fewer when the range has no more.
    mutating func some(_ count: Int, of range: ClosedRange<Int>) -> [Int] {
        var chosen: [Int] = []
        while chosen.count < min(count, range.count) {
            let candidate = number(range)
            if !chosen.contains(candidate) { chosen.append(candidate) }
        }
        return chosen
    }

    /// Whether something happens that does in so many cases of a hundred.
    public mutating func chance(_ percent: Int) -> Bool {
        number(1...100) <= percent
    }
}
