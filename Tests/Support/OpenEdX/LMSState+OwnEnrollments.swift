import Bytes

/// What a learner may see and set (`spec/openedx.md` §3.11 and §3.19).
extension LMSState {
    mutating func ownEnrollments(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }

    mutating func changeMailSettings(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }
}
