import Bytes

/// Studio (`spec/openedx.md` §3.18).
extension LMSState {
    mutating func studio(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }
}
