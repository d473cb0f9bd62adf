import Bytes

/// What a run is at an instant (`spec/catalog.md` §4).
extension CourseRun {
    /// Whether other runs are copied from this one: flagged so, or tagged `SOURCE`.
    public var isSource: Bool { isSourceRun || runTag == "SOURCE" }

    /// Whether the run is held for an organisation.
    public var isB2B: Bool { b2bContractID != nil }

    /// Whether everybody may see the run: neither a source nor an organisation's run.
    public var isPublic: Bool { !isSource && !isB2B }

    /// Whether learners can enroll. The start may lie ahead; the end is not looked at.
    public func isOpen(at now: Timestamp) -> Bool {
        guard live, start != nil, let enrollmentStart, enrollmentStart <= now else { return false }
        guard let enrollmentEnd else { return true }
        return enrollmentEnd > now
    }

    /// Whether teaching is over. A run that ends exactly now has neither ended nor not ended.
    public func hasEnded(at now: Timestamp) -> Bool {
        if let end { end < now } else { false }
    }

    /// Whether teaching goes on or lies ahead; false for a run that ends exactly now.
    public func hasNotEnded(at now: Timestamp) -> Bool {
        if let end { end > now } else { true }
    }

    /// Whether the run is open and has ended.
    public func isArchived(at now: Timestamp) -> Bool {
        isOpen(at: now) && hasEnded(at: now)
    }

    /// Whether the run is open and taught on dates.
    public func isDated(at now: Timestamp) -> Bool {
        isOpen(at: now) && !isSelfPaced
    }

    /// Whether the run can be taken in the mode `verified`.
    public var isVerified: Bool {
        enrollmentModes.contains { $0.slug == "verified" }
    }

    /// Whether an enrollment can be upgraded to `verified` for money.
    public func isUpgradable(at now: Timestamp) -> Bool {
        guard live, product != nil, isVerified else { return false }
        guard let upgradeDeadline else { return true }
        return upgradeDeadline > now
    }
}
