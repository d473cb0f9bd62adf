#pragma once
#include <curl/curl.h>

/// Swift calls no variadic functions: each type of argument has a function of its own.
static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

/// What receives the bytes of the body and the lines of the head.
typedef size_t (*curl_receiver)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode curl_set_receiver(CURL *handle, CURLoption option, curl_receiver receiver) {
    return curl_easy_setopt(handle, option, receiver);
}

/// What gives the bytes of a request's body, and what goes back in it.
typedef size_t (*curl_giver)(char *buffer, size_t size, size_t count, void *context);
static inline CURLcode curl_set_giver(CURL *handle, curl_giver giver) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, giver);
}
typedef int (*curl_seeker)(void *context, curl_off_t position, int origin);
static inline CURLcode curl_set_seeker(CURL *handle, curl_seeker seeker) {
    return curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, seeker);
}

/// What is asked during a transfer whether it goes on.
typedef int (*curl_progress)(
    void *context, curl_off_t to_receive, curl_off_t received, curl_off_t to_send, curl_off_t sent);
static inline CURLcode curl_set_progress(CURL *handle, curl_progress progress) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, progress);
}

/// A figure about the last transfer; 0 when there is none.
static inline long curl_number_of(CURL *handle, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}

/// Swift does not import the macro.
static inline CURLcode curl_prepare(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}
