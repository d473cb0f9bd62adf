import Bytes

/// Profiles, their validation, retirement (`spec/openedx.md` §3.5, §3.7, §3.8, §3.20), and the outline (§3.21).
extension LMSState {
    mutating func updateProfile(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }

    mutating func validate(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }

    mutating func retire(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }

    mutating func outline(_ request: LMSRequest) -> LMSReply {
        LMSReply(501)
    }
}
