import Markup

/// Cleans what the fuzzer makes up: the result has to pass the tests' own check and to stay as it is when cleaned again.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let html = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let clean = Sanitizer.clean(html) { $1 }.text
    let problems = CleanHTMLCheck.problems(in: clean)
    precondition(problems.isEmpty, "\(problems): \(clean)")
    let again = Sanitizer.clean(clean) { $1 }.text
    precondition(again == clean, "\(clean) becomes \(again)")
    return 0
}
