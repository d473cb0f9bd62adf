import Bytes
import Catalog

/// What MIT Learn's ETL demands of a document (`spec/catalog.md` §8.5): one course that breaks it would stop the whole load.
struct LearnContract {
    private var coursewareIDs: [ByteKey: Int] = [:]

    /// The longest key of a run that MIT Learn can store.
    static let maximumCoursewareID = 128
    /// The longest title that MIT Learn can store.
    static let maximumTitle = 256
    /// The longest readable id of a course that MIT Learn can store.
    static let maximumReadableID = 512
    /// The longest readable id of a program that MIT Learn can store: it is its run's key too.
    static let maximumProgramReadableID = maximumCoursewareID
    /// The longest duration and time commitment that MIT Learn can store.
    static let maximumWorkload = 256

    /// Why MIT Learn could not load the course; nil when it can. Every course is asked about once.
    mutating func problem(with course: Course, title: String) -> String? {
        if let problem = problem(
            readableID: course.readableID, limit: LearnContract.maximumReadableID, title: title, page: course.page)
        {
            return problem
        }
        for run in course.runs {
            if !(1...LearnContract.maximumCoursewareID).contains(run.coursewareID.unicodeScalars.count) {
                return "run \(run.id) has a courseware_id that is empty or longer than "
                    + "\(LearnContract.maximumCoursewareID) characters"
            }
            if !(1...LearnContract.maximumTitle).contains(run.title.unicodeScalars.count) {
                return "run \(run.id) has a title that is empty or longer than \(LearnContract.maximumTitle) characters"
            }
            if run.product?.price.isNegative == true { return "run \(run.id) has a negative price" }
            if let other = coursewareIDs[ByteKey(run.coursewareID)], other != run.id {
                return "run \(run.id) has the same courseware_id as run \(other)"
            }
        }
        for run in course.runs { coursewareIDs[ByteKey(run.coursewareID)] = run.id }
        return nil
    }

    /// Why MIT Learn could not load the program; nil when it can.
    func problem(with program: Program, title: String) -> String? {
        if let problem = problem(
            readableID: program.readableID, limit: LearnContract.maximumProgramReadableID, title: title,
            page: program.page)
        {
            return problem
        }
        return program.product?.price.isNegative == true ? "its product has a negative price" : nil
    }

    private func problem(readableID: String, limit: Int, title: String, page: ProductPage?) -> String? {
        if !(1...LearnContract.maximumTitle).contains(title.unicodeScalars.count) {
            return "the title is empty or longer than \(LearnContract.maximumTitle) characters"
        }
        if readableID.isEmpty || readableID.unicodeScalars.count > limit
            || !ReadableIDFolder.hasOnlyAllowedCharacters(readableID)
        {
            return
                "the readable_id is empty, longer than \(limit) characters or has others than letters, digits, _ - + : ."
        }
        if let page {
            let prices = [page.minPrice, page.maxPrice] + [page.listPrice].compactMap(\.self)
            if prices.contains(where: \.isNegative) { return "its page has a negative price" }
            for text in [page.length, page.effort ?? ""]
            where text.unicodeScalars.count > LearnContract.maximumWorkload {
                return "its page has a length or effort of more than \(LearnContract.maximumWorkload) characters"
            }
        }
        return nil
    }
}
