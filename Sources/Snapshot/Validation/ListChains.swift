import Bytes

/// The pages of all lists, and how they are linked (`spec/catalog.md` §5.3).
struct ListChains {
    private struct Page {
        let path: String
        let body: BodyIdentity
        let facts: DocumentFacts
    }

    private struct List {
        var head: Page?
        var pages: [Int: Page] = [:]
    }

    private var lists: [ByteKey: List] = [:]

    /// Takes in a page; `number` is nil for the `index.json` of the list itself.
    mutating func add(
        path: String, body: BodyIdentity, facts: DocumentFacts, base: String, number: Int?
    ) {
        let page = Page(path: path, body: body, facts: facts)
        if let number {
            lists[ByteKey(base), default: List()].pages[number] = page
        } else {
            lists[ByteKey(base), default: List()].head = page
        }
    }

    /// What is wrong with the links between the pages, and with items that are listed twice.
    ///
    /// - Parameter origin: What a link begins with, such as `https://mitxonline.mit.edu`.
    func problems(origin: String) -> [SnapshotProblem] {
        lists.sorted { $0.key < $1.key }.flatMap { base, list in
            var chain = Chain(
                pinned:
                    "\(origin)/_s/\(String(decoding: ArtifactBody.placeholder, as: UTF8.self))/\(base.text.belowRoot)")
            return chain.walk(list, base: base.text)
        }
    }

    /// One walk from the first page of a list to its last.
    private struct Chain {
        /// The list's URL inside the pinned snapshot.
        let pinned: String
        private var problems: [SnapshotProblem] = []
        private var ids: Set<Int> = []
        private var readableIDs: Set<ByteKey> = []
        private var runIDs: Set<Int> = []

        init(pinned: String) {
            self.pinned = pinned
        }

        mutating func walk(_ list: List, base: String) -> [SnapshotProblem] {
            guard let first = list.head ?? list.pages[1] else {
                for page in list.pages.sorted(by: { $0.key < $1.key }) {
                    report("", "the list \(base) has no first page", on: page.value)
                }
                return problems
            }
            if let one = list.pages[1], one.body != first.body, one.facts.ids != first.facts.ids {
                report("/results", "differs from the list's index.json, which is the same page", on: one)
            }
            var page = first
            var number = 1
            take(page)
            while let next = page.facts.next {
                guard next == url(ofPage: number + 1), let following = list.pages[number + 1] else {
                    report("/next", "does not lead to page \(number + 1) of this snapshot", on: page)
                    break
                }
                page = following
                number += 1
                take(page)
                if page.facts.previous != url(ofPage: number - 1) || list.pages[number - 1] == nil {
                    report("/previous", "does not lead to page \(number - 1) of this snapshot", on: page)
                }
                if page.facts.count != first.facts.count {
                    report("/count", "differs from the first page's", on: page)
                }
            }
            if first.facts.previous != nil { report("/previous", "must be null on the first page", on: first) }
            if let count = first.facts.count, count != ids.count {
                report("/count", "is \(count), but following next visits \(ids.count) items", on: first)
            }
            for unreached in list.pages.filter({ $0.key > number || $0.key < 1 }).sorted(by: { $0.key < $1.key }) {
                report("", "no page leads here", on: unreached.value)
            }
            return problems
        }

        private func url(ofPage number: Int) -> String {
            "\(pinned)/page/\(number)/"
        }

        private mutating func take(_ page: Page) {
            for (index, id) in page.facts.ids.enumerated() where !ids.insert(id).inserted {
                report("/results/\(index)/id", "the id \(id) occurs twice in the list", on: page)
            }
            for (index, id) in page.facts.readableIDs.enumerated() where !readableIDs.insert(ByteKey(id)).inserted {
                report("/results/\(index)/readable_id", "the same readable id occurs twice in the list", on: page)
            }
            for id in page.facts.runIDs where !runIDs.insert(id).inserted {
                report("/results", "the course run \(id) occurs twice in the list", on: page)
            }
        }

        private mutating func report(_ pointer: String, _ text: String, on page: Page) {
            problems.append(SnapshotProblem(path: page.path, pointer: pointer, text: text))
        }
    }
}

extension String {
    /// The path without its first part.
    fileprivate var belowRoot: Substring {
        utf8.firstIndex(of: UInt8(ascii: "/")).map { self[index(after: $0)...] } ?? ""
    }
}
