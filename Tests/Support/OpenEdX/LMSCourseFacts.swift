import Bytes

/// What the fake LMS tells of a course run, as it tells it: instants are texts, and may be nonsense.
public struct LMSCourseFacts: Sendable {
    /// The name; nil is `null`.
    public var name: String? = "Run"
    /// `self` or `instructor`.
    public var pacing = "self"
    /// The dates.
    public var start, end, enrollmentStart, enrollmentEnd, certificateAvailable: String?
    /// Whether the service worker may not see it: it is silently left out.
    public var isHidden = false

    /// A course with a name and without dates.
    public init() {}

    func document(_ key: String) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        let parts = key.dropFirst("course-v1:".count).split(separator: "+").map(String.init) + ["", ""]
        return .members([
            "id": .string(key), "name": text(name), "pacing": .string(pacing), "start": text(start), "end": text(end),
            "enrollment_start": text(enrollmentStart), "enrollment_end": text(enrollmentEnd),
            "certificate_available_date": text(certificateAvailable), "org": .string(parts[0]),
            "number": .string(parts[1]),
        ])
    }
}

/// A mode of a course of the fake LMS.
public struct LMSMode: Hashable, Sendable {
    /// The name.
    public var displayName: String
    /// The least price.
    public var minimalPrice: Int
    /// The end of it, as text.
    public var expiration: String?
    /// What it is.
    public var description: String?

    /// A mode.
    public init(_ displayName: String, minimalPrice: Int = 0, expiration: String? = nil, description: String? = nil) {
        self.displayName = displayName
        self.minimalPrice = minimalPrice
        self.expiration = expiration
        self.description = description
    }

    func document(_ slug: String, of run: String) -> JSONValue {
        .members([
            "course_id": .string(run), "mode_slug": .string(slug), "mode_display_name": .string(displayName),
            "min_price": .number("\(minimalPrice)"), "currency": .string("usd"),
            "expiration_datetime": expiration.map(JSONValue.string) ?? .null,
            "expiration_datetime_is_explicit": .bool(expiration != nil),
            "description": description.map(JSONValue.string) ?? .null, "sku": .null, "bulk_sku": .null,
        ])
    }
}

/// A course run of the fake Studio.
public struct LMSStudioRun: Hashable, Sendable {
    /// The title.
    public var title: String
    /// `self_paced` or `instructor_paced`.
    public var pacing = "instructor_paced"
    /// The dates, by the names that Studio gives them.
    public var schedule: [String: String] = [:]

    /// A run.
    public init(_ title: String) {
        self.title = title
    }
}
