import Bytes

/// What a learner may see and set (`spec/openedx.md` §3.11 and §3.19).
extension LMSState {
    func ownEnrollments(_ request: LMSRequest) -> LMSReply {
        guard let username = learner(request) else { return LMSState.unauthorized }
        return .json(.array(enrollments.filter { $0.username.lowercased() == username.lowercased() }.map(\.answered)))
    }

    mutating func changeMailSettings(_ request: LMSRequest) -> LMSReply {
        guard let username = learner(request) else { return LMSState.unauthorized }
        guard let run = request.json?["course_id"]?.string, let index = index(username, run), !refusesMailSettings
        else { return .json(.members(["success": .bool(false)])) }
        let isOn = request.json?["receive_emails"]?.string != nil
        if enrollments[index].receivesMails != isOn {
            enrollments[index].receivesMails = isOn
            effects.append(.mailsChanged(enrollments[index].username, run: run, isOn: isOn))
        }
        return .json(.members(["success": .bool(true)]))
    }
}
