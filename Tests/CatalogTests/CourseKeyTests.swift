import Catalog
import Testing

@Suite("Course keys")
struct CourseKeyTests {
    @Test(
        "the course number is the second of exactly three parts",
        arguments: [
            ("course-v1:MITx+6.100x+3T2025", "6.100x"), ("course-v1:A+b_c-d~e.f+R", "b_c-d~e.f"),
            ("course-v1:A:1+B:2+C:3", "B:2"), ("course-v1:MITx+数学+é1", "数学"),
            ("course-v1:MITx+٣+R", "٣"), ("MITx/6.002x/2013", "6.002x"), ("MITx/6%2B/2013", "6%2B"),
        ])
    func keys(id: String, number: String) {
        #expect(CourseKey.courseNumber(of: id) == number)
    }

    @Test(
        "what is no course key comes out whole",
        arguments: [
            "", "weird", "course-v1:A+B", "course-v1:MITx+21L.ox+3T2025+a", "course-v1:A++C", "course-v1:+B+C",
            "course-v1:A+B+", "COURSE-V1:A+B+C", "course-v1:A+B c+D", "course-v1:A+B%+C", "course-v1:A/B/C",
            "A/B/C:D", "A/B", "A/B/C/D", "A//C", "A+B+C", "course-v1:A+B/b+C", "course-v1:A+B+C\n",
            "course-v1:A+e\u{301}+C", "library-v1:A+B+C",
        ])
    func noKeys(id: String) {
        #expect(CourseKey.courseNumber(of: id) == id)
    }
}
