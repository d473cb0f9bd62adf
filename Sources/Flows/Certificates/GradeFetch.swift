import Records
import Services
import Worker

extension CourseCertificates {
    /// Fetches the grades of a run page by page, and writes each page before the next is asked for.
    ///
    /// - Returns: whether it came to the end; not when the run of the job is to stop.
    /// - Throws: ``ServiceError`` when Open edX cannot be asked; otherwise as ``write(_:of:page:_:)``.
    public func takeOver(
        _ run: GradedRun, _ manner: CertificateManner = .scheduled, from client: OpenEdXClient
    ) async throws -> Bool {
        var place: OpenEdXGradePage.Place?
        var seen: Set<OpenEdXGradePage.Place> = []
        var number = 0
        repeat {
            guard context.mayBegin() else { return false }
            let page = try await client.grades(in: run.key, at: place)
            context.serviceAnswered(.question)
            number += 1
            try await write(page, number: number, of: run, manner)
            place = page.next
            if let place, !seen.insert(place).inserted { throw client.endlessGrades }
        } while place != nil
        return true
    }

    /// Fetches the grade of one learner of a run, and writes it.
    ///
    /// - Returns: what came of it; empty when Open edX does not know the learner in that run, or the grade is none.
    /// - Throws: as ``takeOver(_:_:from:)``.
    public func takeOver(
        _ run: GradedRun, of username: String, _ manner: CertificateManner, from client: OpenEdXClient
    ) async throws -> [CertificateOutcome] {
        guard let page = try await client.grade(of: username, in: run.key) else { return [] }
        context.serviceAnswered(.question)
        return try await write(page, number: 1, of: run, manner)
    }

    @discardableResult private func write(
        _ page: OpenEdXGradePage, number: Int, of run: GradedRun, _ manner: CertificateManner
    ) async throws -> [CertificateOutcome] {
        context.count(.gradesInvalid, by: page.flaws.count)
        for flaw in page.flaws { logInvalid(flaw.position, page: number, of: run, flaw.problem) }
        return try await write(page.grades, of: run, page: number, manner)
    }
}
