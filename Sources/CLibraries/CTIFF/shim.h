#pragma once

#include <stdarg.h>
#include <stdio.h>
#include <tiffio.h>

// What takes a variable number of arguments has no form in Swift; these call it with one kind each.

/// The first thing that a file's reading or writing complained of; empty when nothing did.
struct CTIFFMessage {
    char text[200];
};

static inline int ctiff_note(TIFF *file, void *message, const char *module, const char *format, va_list arguments) {
    char *text = ((struct CTIFFMessage *)message)->text;
    if (!text[0]) vsnprintf(text, sizeof ((struct CTIFFMessage *)message)->text, format, arguments);
    return 1;
}

static inline int ctiff_ignore(TIFF *file, void *message, const char *module, const char *format, va_list arguments) {
    return 1;
}

/// Opens a file behind callbacks; no single allocation exceeds `limit`, errors go to `message` and to no stream.
static inline TIFF *ctiff_open(const char *mode, void *client, TIFFReadWriteProc read, TIFFReadWriteProc write,
                               TIFFSeekProc seek, TIFFCloseProc close, TIFFSizeProc size, TIFFMapFileProc map,
                               TIFFUnmapFileProc unmap, tmsize_t limit, struct CTIFFMessage *message) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, limit);
    TIFFOpenOptionsSetErrorHandlerExtR(options, ctiff_note, message);
    TIFFOpenOptionsSetWarningHandlerExtR(options, ctiff_ignore, NULL);
    TIFF *file = TIFFClientOpenExt("TIFF", mode, client, read, write, seek, close, size, map, unmap, options);
    TIFFOpenOptionsFree(options);
    return file;
}

static inline int ctiff_get32(TIFF *file, uint32_t tag, uint32_t *value) { return TIFFGetField(file, tag, value); }

static inline int ctiff_get16(TIFF *file, uint32_t tag, uint16_t *value) {
    return TIFFGetFieldDefaulted(file, tag, value);
}

static inline int ctiff_get_list16(TIFF *file, uint32_t tag, uint16_t *count, uint16_t **values) {
    return TIFFGetFieldDefaulted(file, tag, count, values);
}

static inline int ctiff_get_bytes(TIFF *file, uint32_t tag, uint32_t *count, void **bytes) {
    return TIFFGetField(file, tag, count, bytes);
}

static inline int ctiff_set(TIFF *file, uint32_t tag, int value) { return TIFFSetField(file, tag, value); }

static inline int ctiff_set_list16(TIFF *file, uint32_t tag, int count, uint16_t *values) {
    return TIFFSetField(file, tag, count, values);
}
