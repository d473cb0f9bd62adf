import Bytes
import Command
import FoundationEssentials
import Records

/// The session cookie of a learner who is logged in at MITx Online: Django's session held in a signed cookie
/// (`spec/openedx.md` §4.3).
///
/// The value is not compressed. Django compresses what becomes shorter, and says so by a dot in front; it reads both.
struct SessionCookie {
    /// The key that MITx Online signs with (`SECRET_KEY`).
    let secretKey: Secret

    /// The value of the cookie for the learner, signed at `now`. It is as good as the learner's password.
    func value(for learner: Learner, at now: Timestamp) -> Secret {
        let hash = code(
            of: learner.password.revealed, salt: "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash")
        // Neither digits nor hexadecimal digits need an escape. Another backend may be dropped by the site's
        // middleware.
        let session =
            #"{"_auth_user_id":"\#(learner.id)","#
            + #""_auth_user_backend":"django.contrib.auth.backends.ModelBackend","_auth_user_hash":"\#(hash.hex)"}"#
        let signed = "\(SessionCookie.base64URL(Array(session.utf8))):\(SessionCookie.base62(now.wholeSeconds))"
        let signature = code(of: signed, salt: "django.contrib.sessions.backends.signed_cookiessigner")
        return Secret("\(signed):\(SessionCookie.base64URL(signature.bytes))")
    }

    /// Django's salted HMAC: the key is the digest of salt and secret.
    private func code(of text: String, salt: String) -> Digest {
        SHA256.authenticationCode(of: text.utf8, key: SHA256.hash((salt + secretKey.revealed).utf8).bytes)
    }

    /// Base64 with `-` and `_` and without padding (RFC 4648 §5).
    private static func base64URL(_ bytes: [UInt8]) -> String {
        var text = ""
        for character in Data(bytes).base64EncodedString() {
            switch character {
            case "+": text.append("-")
            case "/": text.append("_")
            case "=": break
            default: text.append(character)
            }
        }
        return text
    }

    /// A number that is not negative, in the digits `0-9A-Za-z`.
    private static func base62(_ number: Int64) -> String {
        let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        var rest = Int(max(0, number))
        var text: [Character] = []
        repeat {
            text.append(digits[rest % 62])
            rest /= 62
        } while rest > 0
        return String(text.reversed())
    }
}
