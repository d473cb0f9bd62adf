import Bytes
import HTTP
import Testing

@Suite("Retry-After") struct RetryAfterTests {
    private let now = Timestamp("1994-11-06T08:49:30Z") ?? Timestamp(microseconds: 0)

    @Test(
        "Seconds and dates are read, in the past and far away too",
        arguments: [
            ("0", 0), ("120", 120), ("Sun, 06 Nov 1994 08:49:37 GMT", 7), ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
            ("Mon, 07 Nov 1994 08:49:30 GMT", 86_400), ("99999999999999999999999", 31_622_400),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 31_622_400),
        ])
    func read(_ text: String, seconds: Int) {
        #expect(RetryAfter.pause(text, now: now) == .seconds(seconds))
    }

    @Test(
        "Anything else asks for nothing",
        arguments: [
            "", " ", "-1", "1.5", "+3", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 31 Feb 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "１２",
        ])
    func refused(_ text: String) {
        #expect(RetryAfter.pause(text, now: now) == nil)
    }

    @Test("An answer is asked for its field")
    func ofResponse() {
        #expect(Response(status: 429, headers: [("RETRY-AFTER", "5")]).retryAfter(now: now) == .seconds(5))
        #expect(Response(status: 429).retryAfter(now: now) == nil)
    }
}
