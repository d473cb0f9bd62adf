import Command

/// The settings of the calls about courses at the LMS (`spec/openedx.md` §1).
public enum CourseSetting {
    /// For whom the LMS is asked which courses there are.
    public static let serviceWorkerUsername = Setting(
        "openedx.serviceWorkerUsername", optional: ValueType<String>.text,
        environment: ["OPENEDX_SERVICE_WORKER_USERNAME"],
        "the username of the Open edX staff account, which sees the courses that are to be kept up to date")
    /// Where the LMS tells the outline of a course.
    public static let outlinePath = Setting(
        "openedx.courseOutlinePath", ValueType<String>.text, preset: "/api/ol-course-outline/v0/{course_id}/",
        environment: ["OL_OPENEDX_COURSE_OUTLINE_URL"],
        "the path at which Open edX tells the outline of a course, whose key stands for {course_id}")
}
