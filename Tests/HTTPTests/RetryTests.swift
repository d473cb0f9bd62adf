import Command
import HTTP
import Support
import Testing

@Suite("Retries") struct RetryTests {
    private let clock = ManualClock.fromZero

    private func retrying(
        _ base: any Transport, _ policy: RetryPolicy = RetryPolicy(), random: @escaping @Sendable () -> Double = { 0.5 }
    ) -> RetryingTransport {
        RetryingTransport(base, policy: policy, time: clock.source, random: random, sleep: clock.sleep)
    }

    private static func answer(_ status: Int, retryAfter: String? = nil) -> ScriptedTransport.Step {
        .answer(Response(status: status, headers: retryAfter.map { [("Retry-After", $0)] } ?? []))
    }

    @Test(
        "Busy answers are repeated twice, after a share of one and of four seconds",
        arguments: RetryPolicy.statuses.sorted())
    func busy(_ status: Int) async throws {
        let base = ScriptedTransport([Self.answer(status), Self.answer(status), Self.answer(200)])
        let response = try await retrying(base).send(.imagined(), within: .after(on: clock.source))
        #expect(response.status == 200)
        #expect(clock.sleeps == [.milliseconds(500), .seconds(2)])
    }

    @Test("After the last attempt its answer is returned")
    func exhausted() async throws {
        let base = ScriptedTransport([Self.answer(500), Self.answer(502), Self.answer(503), Self.answer(200)])
        let response = try await retrying(base).send(.imagined(), within: .after(on: clock.source))
        #expect(response.status == 503)
        #expect(base.sent.value.count == 3)
    }

    @Test(
        "Other answers are not repeated", arguments: [200, 204, 302, 400, 401, 403, 404, 406, 409, 422, 501, 505, 530])
    func final(_ status: Int) async throws {
        let base = ScriptedTransport([Self.answer(status)])
        #expect(try await retrying(base).send(.imagined(), within: .after(on: clock.source)).status == status)
        #expect(base.sent.value.count == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("A call that must not be repeated is repeated only when nothing was sent", arguments: [true, false])
    func onlyOnce(_ mayHaveArrived: Bool) async throws {
        let base = ScriptedTransport([.failure(.cannotConnect, mayHaveArrived: mayHaveArrived), Self.answer(201)])
        let outcome = await Result { try await retrying(base).send(.imagined(.post), within: .after(on: clock.source)) }
        #expect((try? outcome.get().status) == (mayHaveArrived ? nil : 201))
        #expect(base.sent.value.count == (mayHaveArrived ? 1 : 2))
    }

    @Test("An answer to such a call is never a reason to repeat it", arguments: [429, 500, 503])
    func answeredOnce(_ status: Int) async throws {
        let base = ScriptedTransport([Self.answer(status, retryAfter: "1")])
        #expect(try await retrying(base).send(.imagined(.patch), within: .after(on: clock.source)).status == status)
        #expect(base.sent.value.count == 1)
    }

    @Test("A POST that is known to be idempotent is repeated")
    func idempotentPost() async throws {
        var request = try Request.imagined(.post)
        request.isIdempotent = true
        let base = ScriptedTransport([.failure(.timeout, mayHaveArrived: true), Self.answer(200)])
        #expect(try await retrying(base).send(request, within: .after(on: clock.source)).status == 200)
    }

    @Test("Failures that stay are not repeated", arguments: TransportError.Code.allCases)
    func failures(_ code: TransportError.Code) async throws {
        let base = ScriptedTransport([.failure(code, mayHaveArrived: false), Self.answer(200)])
        let outcome = await Result { try await retrying(base).send(.imagined(), within: .after(on: clock.source)) }
        let passes = code == .cannotConnect || code == .timeout || code == .connectionLost
        #expect(base.sent.value.count == (passes ? 2 : 1))
        #expect(((try? outcome.get()) != nil) == passes)
    }

    @Test("What may have arrived once may have arrived, whatever the last attempt says")
    func arrivedBefore() async throws {
        let unreachable = ScriptedTransport.Step.failure(.cannotConnect, mayHaveArrived: false)
        for first in [ScriptedTransport.Step.failure(.timeout, mayHaveArrived: true), Self.answer(500)] {
            let base = ScriptedTransport([first, unreachable, unreachable])
            let error = try await failure(of: .imagined(.put), by: retrying(base), within: .after(on: clock.source))
            #expect(error.code == .cannotConnect)
            #expect(error.mayHaveArrived)
        }
        let never = ScriptedTransport([unreachable, unreachable, unreachable])
        let error = try await failure(of: .imagined(.put), by: retrying(never), within: .after(on: clock.source))
        #expect(!error.mayHaveArrived)
    }

    @Test("A pause that the service asks for is kept")
    func pause() async throws {
        let base = ScriptedTransport([
            Self.answer(429, retryAfter: "7"), Self.answer(503, retryAfter: "Thu, 01 Jan 1970 00:00:27 GMT"),
            Self.answer(200),
        ])
        let response = try await retrying(base).send(.imagined(), within: .after(on: clock.source))
        #expect(response.status == 200)
        #expect(clock.sleeps == [.seconds(7), .seconds(20)])
    }

    @Test("A longer pause, and one past the deadline, is not waited for", arguments: ["61", "30"])
    func longPause(_ seconds: String) async throws {
        let base = ScriptedTransport([Self.answer(429, retryAfter: seconds), Self.answer(200)])
        let limit = Duration.seconds(seconds == "61" ? 3600 : 30)
        let response = try await retrying(base).send(.imagined(), within: .after(limit, on: clock.source))
        #expect(response.status == 429)
        #expect(response["retry-after"] == seconds)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("An answer tells nothing of an earlier attempt that may have taken effect, and says so")
    func earlierEffect() async throws {
        let lost = ScriptedTransport.Step.failure(.timeout, mayHaveArrived: true)
        let unreached = ScriptedTransport.Step.failure(.cannotConnect, mayHaveArrived: false)
        for (first, mayFollow) in [
            (lost, true), (Self.answer(500), true), (unreached, false), (Self.answer(429), false),
        ] {
            let base = ScriptedTransport([first, Self.answer(400)])
            let response = try await retrying(base).send(.imagined(), within: .after(on: clock.source))
            #expect(response.status == 400)
            #expect(response.mayFollowEffect == mayFollow)
        }
    }

    @Test("The wait is drawn from the whole of its range")
    func jitter() async throws {
        for (drawn, waits) in [(0.0, [Duration.zero, .zero]), (0.999, [.milliseconds(999), .milliseconds(3996)])] {
            let before = clock.sleeps.count
            let base = ScriptedTransport([Self.answer(500), Self.answer(500), Self.answer(200)])
            _ = try await retrying(base, random: { drawn }).send(.imagined(), within: .after(on: clock.source))
            let differences = zip(clock.sleeps.dropFirst(before), waits).map { $0 - $1 }
            #expect(differences.count == 2)
            #expect(differences.allSatisfy { $0 < .microseconds(1) && $0 > .microseconds(-1) })
        }
    }

    @Test("No attempt begins in a cancelled task; the last outcome is returned")
    func cancelled() async throws {
        let base = ScriptedTransport([Self.answer(503), Self.answer(200)])
        let transport = RetryingTransport(
            base, time: clock.source, random: { 0 },
            sleep: { _ in
                withUnsafeCurrentTask { $0?.cancel() }
                try Task.checkCancellation()
            })
        let deadline = Deadline.after(on: clock.source)
        let response = try await Task { try await transport.send(.imagined(), within: deadline) }.value
        #expect(response.status == 503)
        #expect(base.sent.value.count == 1)
    }

    @Test("An effect behind a lost answer happens once more at most as often as there are attempts")
    func overTheNetwork() async throws {
        let effects = Shared(0)
        let server = try LoopbackServer.start { _ in
            effects.change { $0 += 1 }
            return LoopbackReply(effects.value == 1 ? 500 : 200, delivery: effects.value == 2 ? .reset : .whole)
        }
        var request = Request("enroll", .post, try address(server))
        request.isIdempotent = true
        let transport = RetryingTransport(makeCurl(), time: clock.source, random: { 0 }, sleep: clock.sleep)
        // The clock of the retries stands still; libcurl's deadline is the machine's.
        let response = try await transport.send(request, within: .after())
        #expect(response.status == 200)
        #expect(effects.value == 3)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
