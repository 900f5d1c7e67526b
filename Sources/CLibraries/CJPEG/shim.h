#pragma once

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

// libjpeg tells of errors by a jump. Each function here catches it and returns 0, so that no jump crosses a
// frame of Swift.

/// What libjpeg complained of last, and where to go then.
struct CJPEGFailure {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    /// Whether data was damaged that could be decoded nevertheless.
    int isDamaged;
    char text[JMSG_LENGTH_MAX];
};

struct CJPEGReader {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress;
    struct CJPEGFailure failure;
};

static inline void cjpeg_escape(j_common_ptr info) {
    struct CJPEGFailure *failure = (struct CJPEGFailure *)info->err;
    failure->manager.format_message(info, failure->text);
    longjmp(failure->escape, 1);
}

/// Notes the first warning; padding between segments, which cameras do leave, is none.
static inline void cjpeg_note(j_common_ptr info, int level) {
    struct CJPEGFailure *failure = (struct CJPEGFailure *)info->err;
    if (level >= 0 || failure->isDamaged || failure->manager.msg_code == JWRN_EXTRANEOUS_DATA) return;
    failure->manager.format_message(info, failure->text);
    failure->isDamaged = 1;
}

/// Refuses files of a few bytes that ask for hours of work, a scan of nothing after another.
static inline void cjpeg_limit_scans(j_common_ptr info) {
    if (((j_decompress_ptr)info)->input_scan_number <= 500) return;
    struct CJPEGFailure *failure = (struct CJPEGFailure *)info->err;
    strcpy(failure->text, "more than 500 scans");
    longjmp(failure->escape, 1);
}

static inline void cjpeg_catch(struct CJPEGFailure *failure) {
    jpeg_std_error(&failure->manager);
    failure->manager.error_exit = cjpeg_escape;
    failure->manager.emit_message = cjpeg_note;
}

static inline void cjpeg_close(struct CJPEGReader *reader) {
    jpeg_destroy_decompress(&reader->info);
    free(reader);
}

/// A reader of bytes that outlive it; NULL without memory.
static __attribute__((noinline, unused)) struct CJPEGReader *cjpeg_open(const unsigned char *bytes, size_t count) {
    struct CJPEGReader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    reader->info.err = &reader->failure.manager;
    cjpeg_catch(&reader->failure);
    if (setjmp(reader->failure.escape)) {
        cjpeg_close(reader);
        return NULL;
    }
    jpeg_create_decompress(&reader->info);
    reader->progress.progress_monitor = cjpeg_limit_scans;
    reader->info.progress = &reader->progress;
    jpeg_mem_src(&reader->info, bytes, count);
    return reader;
}

/// Reads up to the pixels: `info` knows the size and the colours then.
static __attribute__((noinline, unused)) int cjpeg_read_header(struct CJPEGReader *reader) {
    if (setjmp(reader->failure.escape)) return 0;
    return jpeg_read_header(&reader->info, TRUE) == JPEG_HEADER_OK;
}

/// Begins with the row `top` and with `columns` columns from `left` on, or some more: `left` and
/// `info.output_width` say which ones it is.
static __attribute__((noinline, unused)) int cjpeg_start(struct CJPEGReader *reader, J_COLOR_SPACE colors,
                                                         unsigned *left, unsigned columns, unsigned top) {
    if (setjmp(reader->failure.escape)) return 0;
    reader->info.out_color_space = colors;
    if (!jpeg_start_decompress(&reader->info)) return 0;
    if (columns < reader->info.output_width) jpeg_crop_scanline(&reader->info, left, &columns);
    return top == 0 || jpeg_skip_scanlines(&reader->info, top) == top;
}

/// Reads `count` rows that follow, `stride` bytes apart.
static __attribute__((noinline, unused)) int cjpeg_read_rows(struct CJPEGReader *reader, unsigned char *out,
                                                             size_t stride, unsigned count) {
    if (setjmp(reader->failure.escape)) return 0;
    unsigned end = reader->info.output_scanline + count;
    while (reader->info.output_scanline < end) {
        JSAMPROW row = out;
        if (jpeg_read_scanlines(&reader->info, &row, 1) != 1) return 0;
        out += stride;
    }
    return 1;
}

/// Reads what stands behind the last row.
static __attribute__((noinline, unused)) int cjpeg_finish(struct CJPEGReader *reader) {
    if (setjmp(reader->failure.escape)) return 0;
    return jpeg_finish_decompress(&reader->info);
}

/// Encodes grey (1) or RGB (3); with `sampling` 2 there is one colour for four pixels. `bytes` are freed by the
/// caller.
static __attribute__((noinline, unused)) int cjpeg_write(const unsigned char *pixels, unsigned width, unsigned height,
                                                         int channels, int quality, int sampling,
                                                         unsigned char **bytes, unsigned long *count,
                                                         char text[JMSG_LENGTH_MAX]) {
    struct jpeg_compress_struct info;
    struct CJPEGFailure failure;
    memset(&info, 0, sizeof info);
    memset(&failure, 0, sizeof failure);
    info.err = &failure.manager;
    cjpeg_catch(&failure);
    if (setjmp(failure.escape)) {
        jpeg_destroy_compress(&info);
        *bytes = NULL;
        memcpy(text, failure.text, JMSG_LENGTH_MAX);
        return 0;
    }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, bytes, count);
    info.image_width = width;
    info.image_height = height;
    info.input_components = channels;
    info.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    info.comp_info[0].h_samp_factor = sampling;
    info.comp_info[0].v_samp_factor = sampling;
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < height) {
        JSAMPROW row = (JSAMPROW)pixels + (size_t)info.next_scanline * width * channels;
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return 1;
}
