/// Something that changed at the fake LMS. Tests count these, not requests.
public enum LMSEffect: Hashable, Sendable {
    /// A learner was enrolled who was not.
    case enrolled(String, run: String, mode: String)
    /// An inactive enrollment became active again.
    case reactivated(String, run: String, mode: String)
    /// An enrollment got another mode; whether it is active stays.
    case modeChanged(String, run: String, from: String, to: String)
    /// An active enrollment became inactive.
    case deactivated(String, run: String)
    /// An inactive record was written for somebody who was not active, which is never meant.
    case inactiveRecord(String, run: String, mode: String)
    /// A learner gets the e-mails of a course from now on, or does not.
    case mailsChanged(String, run: String, isOn: Bool)
    /// An account was made.
    case accountCreated(String, email: String)
    /// The e-mail address of an LTI-made account was freed.
    case ltiFreed(email: String)
    /// A learner got new tokens.
    case tokensIssued(String)
    /// A learner's profile was replaced.
    case profileChanged(String)
    /// A learner's full name was changed.
    case nameChanged(String)
    /// An account was retired.
    case retired(String)
    /// A course got a mode.
    case courseModeCreated(String, run: String, price: Int)
    /// A mode of a course is another.
    case courseModeChanged(String, run: String)
    /// A course lost a mode.
    case courseModeDeleted(String, run: String)
    /// Studio copied a run.
    case courseCloned(String, to: String)
    /// Title, pacing or dates of a run at Studio changed.
    case courseRunChanged(String)
}
