import Markup

/// Takes the text of what the fuzzer makes up: folded, trimmed, and within the limit when cut.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let html = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let text = HTMLText.text(of: html)
    precondition(!text.hasPrefix(" ") && !text.hasSuffix(" ") && !text.contains("  "), text)
    precondition(HTMLText.text(of: html, limit: 20).count <= 20, text)
    return 0
}
