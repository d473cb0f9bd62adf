import Command
import HTTP
import Support
import Testing

@Suite("Limits, dry runs, recordings") struct DecoratorTests {
    private let clock = ManualClock.fromZero

    private struct Limiter: RateLimiter {
        let asked = Shared<[String]>([])
        let pauses = Shared<[Duration]>([])
        var refusal: LimitError?

        func admit(_ family: RateLimit, before deadline: Deadline) async throws(LimitError) {
            asked.change { $0.append(family.name) }
            if let refusal { throw refusal }
        }

        func pause(_ family: RateLimit, for duration: Duration) async {
            pauses.change { $0.append(duration) }
        }
    }

    private func limited(_ base: any Transport, _ limiter: Limiter) -> LimitedTransport {
        LimitedTransport(base, limiter: limiter, time: clock.source) { request in
            request.method == .head ? nil : RateLimit("fake.\(request.method.rawValue)", perMinute: 1, burst: 1)
        }
    }

    @Test("Each attempt asks the limiter, in its own family")
    func asked() async throws {
        let limiter = Limiter()
        let base = ScriptedTransport([.answer(Response(status: 503)), .answer(Response(status: 200))])
        let transport = RetryingTransport(
            limited(base, limiter), time: clock.source, random: { 0 }, sleep: clock.sleep)
        for method in [Request.Method.get, .head, .delete] {
            _ = try await transport.send(.imagined(method), within: .after(on: clock.source))
        }
        #expect(limiter.asked.value == ["fake.GET", "fake.GET", "fake.DELETE"])
    }

    @Test("What the limiter refuses is not sent, and not tried again")
    func refused() async throws {
        let refusals: [(LimitError, TransportError.Code, Duration?)] = [
            (.tooLong(.seconds(90)), .limited, .seconds(90)), (.stopped, .stopped, nil), (.unavailable, .limited, nil),
        ]
        for (refusal, code, wait) in refusals {
            let limiter = Limiter(refusal: refusal)
            let base = ScriptedTransport([])
            let transport = RetryingTransport(
                limited(base, limiter), time: clock.source, random: { 0 }, sleep: clock.sleep)
            let error = try await failure(of: .imagined(), by: transport, within: .after(on: clock.source))
            #expect(error.code == code)
            #expect(error.retryAfter == wait)
            #expect(!error.mayHaveArrived)
            #expect(limiter.asked.value.count == 1)
            #expect(base.sent.value.isEmpty)
        }
    }

    @Test("A long pause that is asked for holds for everyone; a short one is the retries' business")
    func pauses() async throws {
        let limiter = Limiter()
        let steps = [(429, "61"), (503, "3600"), (429, "60"), (500, "600"), (429, "soon")].map { status, wait in
            ScriptedTransport.Step.answer(Response(status: status, headers: [("Retry-After", wait)]))
        }
        let transport = limited(ScriptedTransport(steps), limiter)
        for _ in steps { _ = try await transport.send(.imagined(), within: .after(.seconds(90), on: clock.source)) }
        #expect(limiter.pauses.value == [.seconds(61), .seconds(3600)])
    }

    @Test("A pause for which there is no time left holds for everyone too")
    func pauseBeyondDeadline() async throws {
        let limiter = Limiter()
        let answer = Response(status: 429, headers: [("Retry-After", "30")])
        let transport = limited(ScriptedTransport([.answer(answer)]), limiter)
        _ = try await transport.send(.imagined(), within: .after(.seconds(30), on: clock.source))
        #expect(limiter.pauses.value == [.seconds(30)])
    }

    @Test(
        "A dry run lets out what only asks and reports the rest",
        arguments: [Request.Method.get, .head, .post, .put, .patch, .delete])
    func dryRun(_ method: Request.Method) async throws {
        let base = ScriptedTransport([.answer(Response(status: 200)), .answer(Response(status: 200))])
        let reported = Shared<[Request.Method]>([])
        let transport = DryRunTransport(base) { request in reported.change { $0.append(request.method) } }
        if method == .get || method == .head {
            #expect(try await transport.send(.imagined(method), within: .after()).status == 200)
            #expect(reported.value.isEmpty)
        } else {
            let error = try await failure(of: .imagined(method), by: transport)
            #expect(error.code == .withheld)
            #expect(!error.mayHaveArrived)
            #expect(reported.value == [method])
            #expect(base.sent.value.isEmpty)
            var search = try Request.imagined(method)
            search.isSafe = true
            #expect(try await transport.send(search, within: .after()).status == 200)
        }
    }

    @Test("A recording keeps calls and outcomes in their order")
    func recording() async throws {
        let recording = Recording()
        let base = ScriptedTransport([.answer(Response(status: 201)), .failure(.timeout, mayHaveArrived: true)])
        let transport = RecordingTransport(base, into: recording)
        var request = try Request.imagined(.post)
        request.headers = [Header("Content-Type", "text/plain"), Header("Authorization", "Bearer canary")]
        request.body = Array("body".utf8)
        _ = try await transport.send(request, within: .after())
        _ = try await failure(of: .imagined(), by: transport)
        #expect(
            recording.calls.map(\.description) == [
                "POST imagined call at https://fake.test: 201",
                "GET imagined call at https://fake.test: no answer in time",
            ])
        let first = try #require(recording.calls.first)
        #expect(first.body == Array("body".utf8))
        #expect(first.headers.map(\.value) == ["text/plain", "[redacted]"])
    }
}
