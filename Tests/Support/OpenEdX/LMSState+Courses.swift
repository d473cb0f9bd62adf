import Bytes

/// Courses and their modes (`spec/openedx.md` §3.15 to §3.17).
extension LMSState {
    mutating func courseList(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }

    mutating func course(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }

    mutating func courseModes(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }
}
