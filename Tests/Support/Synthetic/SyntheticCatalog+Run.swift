import Bytes

extension SyntheticCatalog {
    /// One of the five runs of a course.
    struct Run {
        let id: Int
        let courseID: Int
        let title: String
        let coursewareID: String
        let tag: String
        var start: Timestamp
        var end: Timestamp?
        var enrollmentStart: Timestamp?
        var enrollmentEnd: Timestamp?
        var expiration: Timestamp?
        var upgradeDeadline: Timestamp?
        var certificateAvailable: Timestamp?
        var live = true
        var isSelfPaced = false
        var isSource = false
        var isPrimary = true
        var language = "en"
        /// The page of the contract that the run is held for.
        var contractID: Int?
        /// The ids of the enrollment modes: audit, verified.
        var modes = [1, 2]
        /// The price of its certificate in cents, nil without a product.
        var price: Int64?
        var productIsActive = true

        /// What a run is to learners at ``SyntheticCatalog/now``.
        private enum Offer {
            /// So many terms ago.
            case past(Int)
            case current, selfPaced
            case next
            /// The copy that others are made from.
            case source
            /// For an organisation.
            case contract
            /// The current run in another language.
            case translated(String)
        }

        static let perCourse = 5

        /// The runs of a course, the oldest first.
        static func runs(of course: Int, number: String, title: String, in catalog: SyntheticCatalog) -> [Run] {
            var random = SyntheticCatalog.random(.runs, course)
            return offers(&random).enumerated().map { slot, offer in
                Run(
                    offer, id: (course - 1) * perCourse + slot + 1, course: course, number: number, title: title,
                    in: catalog, &random)
            }
        }

        private static func offers(_ random: inout SeededGenerator) -> [Offer] {
            let last = random.number(1...2)
            let before = last + random.number(1...3)
            let first = before + random.number(1...4)
            switch random.number(1...100) {
            case 1...60: return [.past(first), .past(before), .past(last), .current, .next]
            case 61...70: return [.past(first), .past(before), .past(last), .selfPaced, .next]
            case 71...80: return [.source, .past(before), .past(last), .current, .next]
            case 81...88: return [.past(before), .past(last), .current, .contract, .next]
            case 89...95:
                let language = random.number(0...Words.languages.count - 2)
                return [
                    .past(last), .current, .translated(Words.languages[language]),
                    .translated(Words.languages[language + 1]), .next,
                ]
            default: return [.past(first + 3), .past(first + 1), .past(first), .past(before), .past(last)]
            }
        }

        private init(
            _ offer: Offer, id: Int, course: Int, number: String, title: String, in catalog: SyntheticCatalog,
            _ random: inout SeededGenerator
        ) {
            let term = Term(offer)
            var tag = term.tag
            var organisation = "SynthX"
            self.id = id
            courseID = course
            start = term.start.adding(seconds: Int64(random.number(0...20) * 86_400))
            if random.chance(2) { start.microseconds += 123_456 }
            price = random.chance(80) ? Int64(random.number(49...399) * 100 + random.pick([0, 0, 0, 50])) : nil
            var title = title
            let days = { [start] (days: Int) in start.adding(seconds: Int64(days) * 86_400) }
            (end, enrollmentStart, enrollmentEnd) = (days(105), days(-70), days(85))
            (expiration, upgradeDeadline, certificateAvailable) = (days(470), days(84), days(119))
            switch offer {
            case .past:
                live = random.chance(94)
                if random.chance(40) { enrollmentEnd = nil }
                if random.chance(30) { language = "" }
                productIsActive = random.chance(35)
            case .current:
                if random.chance(30) { enrollmentEnd = nil }
            case .selfPaced:
                isSelfPaced = true
                (end, enrollmentEnd, expiration, certificateAvailable) = (nil, nil, nil, nil)
            case .next:
                live = random.chance(75)
                if random.chance(15) { certificateAvailable = nil }
            case .source:
                (tag, isSource, live, price) = ("SOURCE", true, random.chance(8), nil)
                (end, enrollmentEnd, upgradeDeadline, certificateAvailable) = (nil, nil, nil, nil)
                modes = []
            case .contract:
                let contract = random.number(1...catalog.contractCount)
                contractID = PageID.contract(contract)
                (tag, organisation, price) = ("1C\(tag)", "UAI_ORG\(contract)", nil)
                modes = [2]
            case .translated(let language):
                (self.language, isPrimary) = (language, false)
                title = Words.translated(title, into: language)
            }
            if price == nil, modes.count == 2, random.chance(50) { modes = [1] }
            self.title = title
            self.tag = tag
            let suffix = isPrimary ? "" : "_\(language)"
            coursewareID = "course-v1:\(organisation)+\(number)+\(tag)\(suffix)"
        }

        /// A third of a year in which runs begin.
        private struct Term {
            /// Counted from the first of 2020.
            let index: Int

            init(_ offer: Offer) {
                switch offer {
                case .past(let terms): index = 20 - terms
                case .current, .selfPaced, .translated, .contract: index = 20
                case .next: index = 21
                case .source: index = 2
                }
            }

            var tag: String { "\(index % 3 + 1)T\(2020 + index / 3)" }

            /// A day in February, June or October, 15:00.
            var start: Timestamp {
                Timestamp(microseconds: 0).adding(seconds: Int64(18_285 + index * 36_525 / 300) * 86_400 + 54_000)
            }
        }
    }
}
