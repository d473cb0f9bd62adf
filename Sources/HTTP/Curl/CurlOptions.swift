import CCurl

/// Sets the options of a handle; the first failure stays.
struct CurlOptions {
    private let handle: UnsafeMutableRawPointer
    private(set) var code = CURLE_OK

    init(_ handle: UnsafeMutableRawPointer) {
        self.handle = handle
    }

    /// What holds for every call.
    mutating func setPolicy(of call: CurlCall, remaining: Duration) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let authorities = call.authorities { set(CURLOPT_CAINFO, authorities) }
        set(CURLOPT_USERAGENT, call.userAgent)
        set(CURLOPT_TIMEOUT_MS, remaining.roundedMilliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, min(remaining, call.connectLimit).roundedMilliseconds)
    }

    /// The request; `body` must stay where it is during the call.
    mutating func setRequest(
        _ request: Request, headers: UnsafeMutablePointer<curl_slist>?, body: UnsafeRawBufferPointer,
        source: CurlSource?
    ) {
        set(CURLOPT_URL, request.url.text)
        // A path of two slashes or with dots is sent as it is.
        set(CURLOPT_PATH_AS_IS, 1)
        keepFirst(curl_set_list(handle, CURLOPT_HTTPHEADER, headers))
        if !request.isIdempotent { set(CURLOPT_FRESH_CONNECT, 1) }
        switch request.method {
        case .head: set(CURLOPT_NOBODY, 1)
        case .get where request.hasNoBody, .delete where request.hasNoBody: set(CURLOPT_HTTPGET, 1)
        default:
            set(CURLOPT_POST, 1)
            keepFirst(
                curl_set_size(
                    handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.source?.length ?? body.count)))
            if let source {
                setSource(source)
            } else {
                // Without an address libcurl would read the body from standard input.
                keepFirst(
                    body.baseAddress.map { curl_set_pointer(handle, CURLOPT_POSTFIELDS, $0) }
                        ?? curl_set_text(handle, CURLOPT_COPYPOSTFIELDS, ""))
            }
        }
        if request.method != .head { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        // What announces too much is refused before it comes; the answer to HEAD announces what does not come.
        guard request.method != .head else { return }
        keepFirst(curl_set_size(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.responseLimit)))
    }

    private mutating func setSource(_ source: CurlSource) {
        let context = Unmanaged.passUnretained(source).toOpaque()
        keepFirst(curl_set_pointer(handle, CURLOPT_READDATA, context))
        keepFirst(curl_set_pointer(handle, CURLOPT_SEEKDATA, context))
        keepFirst(
            curl_set_giver(handle) { buffer, size, count, context in
                guard let context, let buffer else { return Int(CURL_READFUNC_ABORT) }
                let source = Unmanaged<CurlSource>.fromOpaque(context).takeUnretainedValue()
                return source.copy(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
                    ?? Int(CURL_READFUNC_ABORT)
            })
        keepFirst(
            curl_set_seeker(handle) { context, position, _ in
                guard let context else { return CURL_SEEKFUNC_FAIL }
                let source = Unmanaged<CurlSource>.fromOpaque(context).takeUnretainedValue()
                return source.seek(to: Int(position)) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
            })
    }

    /// What the answer goes into; the handle does not own it.
    mutating func setReceipt(_ receipt: CurlReceipt) {
        let context = Unmanaged.passUnretained(receipt).toOpaque()
        keepFirst(curl_set_pointer(handle, CURLOPT_WRITEDATA, context))
        keepFirst(curl_set_pointer(handle, CURLOPT_HEADERDATA, context))
        keepFirst(curl_set_pointer(handle, CURLOPT_XFERINFODATA, context))
        keepFirst(
            curl_set_receiver(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                CurlOptions.hand(bytes, size * count, to: context) { $0.takeBody($1) }
            })
        keepFirst(
            curl_set_receiver(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                CurlOptions.hand(bytes, size * count, to: context) { $0.takeHead($1) }
            })
        keepFirst(
            curl_set_progress(handle) { context, _, _, _, _ in
                guard let context else { return 1 }
                return Unmanaged<CurlReceipt>.fromOpaque(context).takeUnretainedValue().goesOn() ? 0 : 1
            })
        set(CURLOPT_NOPROGRESS, 0)
    }

    /// libcurl takes every number but the one of the bytes for a refusal; of an empty piece there is nothing to refuse.
    private static func hand(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, to context: UnsafeMutableRawPointer?,
        _ take: (CurlReceipt, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context, let bytes, count > 0 else { return 0 }
        let receipt = Unmanaged<CurlReceipt>.fromOpaque(context).takeUnretainedValue()
        return take(receipt, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private mutating func set(_ option: CURLoption, _ value: Int) {
        keepFirst(curl_set_number(handle, option, value))
    }

    private mutating func set(_ option: CURLoption, _ value: String) {
        keepFirst(curl_set_text(handle, option, value))
    }

    private mutating func keepFirst(_ result: CURLcode) {
        if code == CURLE_OK { code = result }
    }
}

extension Request {
    fileprivate var hasNoBody: Bool { body == nil && source == nil }
}
