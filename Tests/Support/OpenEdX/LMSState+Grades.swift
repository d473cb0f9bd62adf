import Bytes

/// Grades (`spec/openedx.md` §3.14).
extension LMSState {
    mutating func grades(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }
}
