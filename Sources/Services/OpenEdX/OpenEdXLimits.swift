import HTTP

/// How often Open edX may be asked (`spec/openedx.md` §2.3).
///
/// A burst adds to what goes out in a minute: with it the limits stay at or below the LMS's own, 120 a minute for enrollments and
/// 20 for the course list where its switches lower it.
public enum OpenEdXLimits {
    /// The calls of the enrollment API.
    public static let enrollment = RateLimit("openedx.enrollment", perMinute: 100, burst: 20)
    /// The course list.
    public static let courses = RateLimit("openedx.courses", perMinute: 15, burst: 5)

    /// The family that a request belongs to, nil for those that the LMS does not count.
    public static func family(of request: Request) -> RateLimit? {
        let path = request.url.target.prefix { $0 != "?" }
        if path.hasPrefix("/api/enrollment/") { return enrollment }
        if path.hasPrefix("/api/courses/v1/courses") { return courses }
        return nil
    }
}
