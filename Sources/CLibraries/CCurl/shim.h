// libcurl is loaded when something is downloaded for the first time and not linked: with what it
// needs itself it would take a part of every start. Its functions are found by name; those that take
// any number of arguments are called through these, which Swift cannot do.
#include <curl/curl.h>

// The newer options, which take text, are unknown to libraries before 7.85.
static const CURLoption vision_curl_protocols = (CURLoption)181;
static const CURLoption vision_curl_redirect_protocols = (CURLoption)182;

typedef CURLcode (*vision_curl_setter)(CURL *, CURLoption, ...);
typedef CURLcode (*vision_curl_getter)(CURL *, CURLINFO, ...);

static inline CURLcode vision_curl_set_long(
    void *setter, CURL *handle, CURLoption option, long value) {
    return ((vision_curl_setter)setter)(handle, option, value);
}

static inline CURLcode vision_curl_set_pointer(
    void *setter, CURL *handle, CURLoption option, const void *value) {
    return ((vision_curl_setter)setter)(handle, option, value);
}

static inline CURLcode vision_curl_set_writer(
    void *setter, CURL *handle, CURLoption option,
    size_t (*value)(char *, size_t, size_t, void *)) {
    return ((vision_curl_setter)setter)(handle, option, value);
}

static inline CURLcode vision_curl_set_progress(
    void *setter, CURL *handle,
    int (*value)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
    return ((vision_curl_setter)setter)(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline long vision_curl_response_code(void *getter, CURL *handle) {
    long code = 0;
    ((vision_curl_getter)getter)(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
}
