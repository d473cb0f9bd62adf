import Testing

@testable import Flows

@Suite("Usernames") struct UsernamesTests {
    private let seven = RandomNumbers { $0.lowerBound <= 7 ? 7 : $0.lowerBound }

    @Test(
        "EDX-9 a name becomes a username",
        arguments: [
            ("José  Núñez_Díaz!", "josé-núñez-díaz"), ("Ada Lovelace", "ada-lovelace"), ("  -Ada-  ", "ada"),
            ("Işıl İNCİ", "işil-inci"), ("O'Neill", "oneill"), ("a_-_ \t b", "a-b"),
            ("李 小龍", "李-小龍"), ("!?", ""),
            ("x²", "x²"),
        ])
    func derivation(name: String, username: String) {
        #expect(Usernames.derived(from: name).unicodeScalars.elementsEqual(username.unicodeScalars))
    }

    @Test("A combining accent is no letter")
    func decomposed() {
        #expect(Usernames.derived(from: "Jose\u{301}") == "jose")
    }

    @Test(
        "What Open edX does not accept is transliterated or dropped, and what is left must be long enough",
        arguments: [
            ("josé-núñez", "jose-nunez"), ("Ægir_Þór", "Aegir_Thor"), ("łódź", "lodz"), ("Straße", "Strasse"),
            ("nguyễn", "nguyen"), ("a.b c@d", "abcd"), ("李x", nil), ("a", nil), ("", nil),
            (String(repeating: "ab", count: 20), String(repeating: "ab", count: 15)),
        ])
    func acceptance(name: String, accepted: String?) {
        #expect(Usernames.accepted(name) == accepted)
    }

    @Test("EDX-9 the proposal is the wish, the name at MITx Online, the full name, the e-mail, then anything")
    func proposal() {
        func proposed(_ desired: String?, _ username: String, _ name: String, email: String = "ada.l@example.org")
            -> String
        {
            Usernames.proposed(desired: desired, username: username, email: email, name: name, random: seven)
        }
        #expect(proposed("countess", "ada", "Ada Lovelace") == "countess")
        #expect(proposed("ada@example.org", "ada", "Ada Lovelace") == "ada")
        #expect(proposed(nil, "ada.l@example.org", "José  Núñez_Díaz!") == "jose-nunez-diaz")
        #expect(proposed(nil, "adal", "李 Wei", email: "adal") == "wei")
        #expect(proposed(nil, "ada.l@example.org", "李") == "adal")
        #expect(proposed(nil, "李", "李", email: "李@example.org") == "h" + String(repeating: "h", count: 7))
        #expect(proposed(nil, String(repeating: "u", count: 40), "") == String(repeating: "u", count: 30))
    }

    @Test("A random name has 8 to 30 characters and begins with a letter")
    func random() {
        for _ in 0..<200 {
            let name = Usernames.proposed(desired: nil, username: "@", email: "@", name: "", random: .system)
            #expect(name.wholeMatch(of: /[a-z][a-z0-9]{7,29}/) != nil, "\(name)")
        }
    }

    @Test("EDX-10 a variant of a long name is cut so that its number fits")
    func longVariant() {
        let variants = Usernames.variants(of: "abcdefghijklmnopqrstuvwxyzabcd", random: seven)
        #expect(variants.first == "abcdefghijklmnopqrstuvwxyzab_7")
        #expect(variants.allSatisfy { $0.count == 30 })
    }

    @Test("Variants have one digit at first and five at last, several of each size, none twice")
    func variants() {
        #expect(
            Usernames.variants(of: "ada", random: seven) == ["ada_7", "ada_10", "ada_100", "ada_1000", "ada_10000"])
        let variants = Usernames.variants(of: "ada", random: .system)
        #expect(Set(variants).count == variants.count)
        #expect(Set(variants.map(\.count)) == [5, 6, 7, 8, 9])
        #expect(variants.map(\.count) == variants.map(\.count).sorted())
        #expect(variants.count > 10)
    }
}
