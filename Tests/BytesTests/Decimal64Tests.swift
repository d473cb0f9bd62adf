import Bytes
import Support
import Testing

@Suite("Decimal64")
struct Decimal64Tests {
    @Test(
        "numbers as databases print them",
        arguments: [
            ("0", 2, 0), ("0.00", 2, 0), ("-0.00", 2, 0), ("149.5", 2, 14950), ("+149.50", 2, 14950),
            ("-599", 2, -59900),
            (".5", 2, 50), ("5.", 2, 500), ("000123.4", 1, 1234), ("1.5e3", 2, 150_000), ("1.5E+3", 0, 1500),
            ("15e-1", 2, 150), ("1e-3", 2, 0), ("0e400", 2, 0), ("0.000", 0, 0), ("99.9900000000", 2, 9999),
            ("1e17", 0, 100_000_000_000_000_000), ("1e-400", 18, 0),
            ("999999999999999999", 0, 999_999_999_999_999_999), ("-9999999999999999.99", 2, -999_999_999_999_999_999),
            ("0.000000000000000001", 18, 1),
        ])
    func parsing(text: String, scale: Int, units: Int64) {
        #expect(Decimal64(text, scale: scale) == Decimal64(units: units, scale: scale))
    }

    @Test(
        "refused texts",
        arguments: [
            "", ".", "-", "+", "-.", "e5", "1e", "1e+", "1e5x", "1e--5", "1.2.3", "1,5", " 1", "1 ", "--1", "NaN",
            "Infinity",
            "0x10", "１", "1e401", "1e-401", "1e9223372036854775807", "1e-9223372036854775808", "1e99999999999999999999",
            "10000000000000000.00", "999999999999999999.99", "9999999999999999.995", "1e17",
        ])
    func refused(text: String) {
        #expect(Decimal64(text, scale: 2) == nil)
    }

    @Test(
        "digits beyond the scale are rounded half to even",
        arguments: [
            ("0.005", 0), ("0.015", 2), ("0.025", 2), ("0.0250001", 3), ("0.0249999", 2), ("0.995", 100),
            ("1.005", 100),
            ("-0.015", -2), ("-0.025", -2), ("-0.026", -3), ("0.0050000000000000000000000001", 1), ("0.004999", 0),
            ("0.00500", 0), ("5e-3", 0), ("51e-4", 1), ("9e-3", 1), ("9e-4", 0),
        ])
    func rounding(text: String, cents: Int64) {
        #expect(Decimal64(text, scale: 2)?.units == cents)
    }

    @Test("random numbers round as whole-number arithmetic says")
    func roundingOracle() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<2_000 {
            let units = Int64.random(in: -99_999_999...99_999_999, using: &random)
            let number = Decimal64(units: units, scale: 4)
            let (quotient, rest) = units.magnitude.quotientAndRemainder(dividingBy: 100)
            let up = rest > 50 || (rest == 50 && !quotient.isMultiple(of: 2))
            let expected = Int64(quotient + (up ? 1 : 0)) * units.signum()
            #expect(Decimal64(number.description, scale: 2)?.units == expected, "\(number)")
        }
    }

    @Test(
        "all fraction digits, and the shortest form with at least one",
        arguments: [
            (0, 2, "0.00", "0.0"), (14950, 2, "149.50", "149.5"), (9999, 2, "99.99", "99.99"),
            (19900, 2, "199.00", "199.0"),
            (5, 2, "0.05", "0.05"), (-5, 2, "-0.05", "-0.05"), (-50, 2, "-0.50", "-0.5"), (7, 0, "7", "7.0"),
            (100, 0, "100", "100.0"), (1000, 1, "100.0", "100.0"), (1_000_000, 6, "1.000000", "1.0"),
            (Int64.max, 18, "9.223372036854775807", "9.223372036854775807"),
            (Int64.min, 0, "-9223372036854775808", "-9223372036854775808.0"),
            (Int64.min, 18, "-9.223372036854775808", "-9.223372036854775808"),
        ])
    func writing(units: Int64, scale: Int, all: String, shortest: String) {
        let number = Decimal64(units: units, scale: scale)
        var buffer = ByteBuffer()
        buffer.appendShortest(number)
        #expect(number.description == all)
        #expect(buffer.text == shortest)
    }

    @Test("order goes by value, equality also by scale")
    func order() throws {
        let small = try #require(Decimal64("1.49", scale: 2))
        let large = try #require(Decimal64("1.5", scale: 1))
        #expect(small < large)
        #expect(!(large < small))
        #expect(Decimal64(units: 15, scale: 1) != Decimal64(units: 150, scale: 2))
        #expect(Decimal64(units: .min, scale: 0) < Decimal64(units: .min, scale: 18))
        #expect(Decimal64(units: .max, scale: 18) < Decimal64(units: .max, scale: 0))
        #expect(Decimal64(units: -1, scale: 2).isNegative)
        #expect(Decimal64(units: 0, scale: 2).isZero)
    }
}
