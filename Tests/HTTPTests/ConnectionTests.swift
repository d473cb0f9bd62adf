import Command
import HTTP
import Support
import Testing

/// How connections, threads and cancellation are dealt with.
@Suite("Connections") struct ConnectionTests {
    @Test("Calls one after the other share a connection, also after one with an error status")
    func kept() async throws {
        let server = try LoopbackServer.start { .text("\($0.connection)", status: $0.path == "/bad" ? 500 : 200) }
        let transport = makeCurl()
        for path in ["/", "/bad", "/other"] {
            let response = try await transport.send(Request("kept", .get, address(server, path)), within: .after())
            #expect(response.body == Array("1".utf8))
        }
        #expect(server.connections == 1)
    }

    @Test("A kept connection that was closed meanwhile is replaced")
    func replaced() async throws {
        let server = try LoopbackServer.start { _ in .text("ok").delivered(.wholeThenClosed) }
        let transport = makeCurl()
        for _ in 1...5 {
            let response = try await transport.send(Request("replaced", .get, address(server)), within: .after())
            #expect(response.status == 200)
        }
        #expect(server.connections == 5)
    }

    @Test("What must not be repeated is not, even when a kept connection breaks")
    func sentOnce() async throws {
        let effects = Shared(0)
        let server = try LoopbackServer.start { request in
            guard request.method == "POST" else { return .text("warm") }
            effects.change { $0 += 1 }
            return LoopbackReply(delivery: .reset)
        }
        let transport = makeCurl()
        _ = try await transport.send(Request("warm", .get, address(server)), within: .after())
        let error = try await failure(of: Request("pay", .post, address(server)), by: transport)
        #expect(error.code == .connectionLost)
        #expect(error.mayHaveArrived)
        #expect(effects.value == 1)
    }

    @Test("A connection that is reset before it is read from breaks the call")
    func resetAtOnce() async throws {
        let server = try LoopbackServer.start { _ in .text("ok") }
        server.resetNextConnections(1)
        let error = try await failure(of: Request("reset", .get, address(server)), by: makeCurl())
        // Whether something was sent by then is a race, and either answer is right for it.
        #expect(error.code == .connectionLost || error.code == .cannotConnect && !error.mayHaveArrived)
    }

    @Test("At most so many calls run at once, and all come to their end")
    func width() async throws {
        let running = Shared((now: 0, most: 0))
        let server = try LoopbackServer.start { _ in
            running.change { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await Task.yield()
            running.change { $0.now -= 1 }
            return .text("ok")
        }
        let transport = makeCurl(width: 3)
        let request = Request("many", .get, try address(server))
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 {
                // The last of them waits for all others, on however busy a machine.
                group.addTask { try await transport.send(request, within: .after(.seconds(240))).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: 200, count: 200))
        #expect(running.value.most <= 3)
        #expect(server.connections <= 3)
    }

    @Test("Many fakes serve many clients at once")
    func manyServers() async throws {
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let server = try LoopbackServer.start { _ in .text("\(number)") }
                    let transport = makeCurl(width: 1)
                    var right = 0
                    for _ in 0..<5 {
                        let request = Request("many", .get, try address(server))
                        let response = try await transport.send(request, within: .after())
                        right += response.body == Array("\(number)".utf8) ? 1 : 0
                    }
                    return server.connections == 1 ? right : 0
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 }
        }
        #expect(answers == 1000)
    }

    @Test(
        "Who waits for a turn gives up at the deadline or when cancelled, and sends nothing", arguments: [true, false])
    func waiting(_ isCancelled: Bool) async throws {
        let (arrived, release) = (Gate(), Gate())
        let server = try LoopbackServer.start { _ in
            await arrived.open()
            await release.pass()
            return .text("first")
        }
        let transport = makeCurl(width: 1)
        let request = Request("turn", .get, try address(server))
        async let first = transport.send(request, within: .after())
        await arrived.pass()
        let second = Task {
            try await failure(
                of: request, by: transport, within: .after(isCancelled ? .seconds(60) : .milliseconds(50)))
        }
        if isCancelled { second.cancel() }
        let error = try await second.value
        #expect(error.code == (isCancelled ? .stopped : .timeout))
        #expect(!error.mayHaveArrived)
        await release.open()
        #expect(try await first.status == 200)
        #expect(server.connections == 1)
    }

    @Test("A cancelled call in flight goes on for its grace")
    func grace() async throws {
        let (arrived, release) = (Gate(), Gate())
        let server = try LoopbackServer.start { _ in
            await arrived.open()
            await release.pass()
            return .text("done")
        }
        let request = Request("grace", .post, try address(server))
        let task = Task { try await makeCurl(grace: .seconds(3600)).send(request, within: .after()) }
        await arrived.pass()
        task.cancel()
        await release.open()
        #expect(try await task.value.body == Array("done".utf8))
    }

    @Test("After the grace it is cut off, and may have arrived")
    func cut() async throws {
        let arrived = Gate()
        let server = try LoopbackServer.start { _ in
            await arrived.open()
            return LoopbackReply(delivery: .silence)
        }
        let request = Request("cut", .post, try address(server))
        let task = Task { try await failure(of: request, by: makeCurl(grace: .zero)) }
        await arrived.pass()
        task.cancel()
        let error = try await task.value
        #expect(error.code == .stopped)
        #expect(error.mayHaveArrived)
    }
}
