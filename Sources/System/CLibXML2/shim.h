#pragma once
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

/// Who reads HTML: where its bytes come from, and what is told of it. `owner` is given back with each call.
struct html_reader {
    void *owner;
    /// Fills `buffer` with up to `size` bytes of UTF-8; 0 at the end.
    int (*more)(void *owner, char *buffer, int size);
    /// `attributes`: name, value (or null), name, value … null; itself null when there are none.
    void (*start)(void *owner, const xmlChar *name, const xmlChar **attributes);
    void (*end)(void *owner, const xmlChar *name);
    void (*text)(void *owner, const xmlChar *bytes, int count);
    /// Something was malformed.
    void (*error)(void *owner);
};

static int html_reader_more(void *context, char *buffer, int size) {
    struct html_reader *reader = context;
    return reader->more(reader->owner, buffer, size);
}
static int html_reader_close(void *context) {
    (void)context;
    return 0;
}
static void html_reader_start(void *context, const xmlChar *name, const xmlChar **attributes) {
    struct html_reader *reader = context;
    reader->start(reader->owner, name, attributes);
}
static void html_reader_end(void *context, const xmlChar *name) {
    struct html_reader *reader = context;
    reader->end(reader->owner, name);
}
static void html_reader_text(void *context, const xmlChar *bytes, int count) {
    struct html_reader *reader = context;
    reader->text(reader->owner, bytes, count);
}
static void html_reader_error(void *context, const char *format, ...) {
    struct html_reader *reader = context;
    (void)format;
    reader->error(reader->owner);
}

/// Reads a text to its end without building a tree; -1 when there was no memory.
///
/// The encoding is UTF-8 whatever the text says of itself, and nothing is printed or fetched.
static inline int html_read(struct html_reader *reader) {
    htmlParserCtxtPtr context = htmlNewParserCtxt();
    if (context == NULL) return -1;
    xmlSAXHandler *handler = context->sax;
    memset(handler, 0, sizeof *handler);
    handler->startElement = html_reader_start;
    handler->endElement = html_reader_end;
    handler->characters = html_reader_text;
    handler->cdataBlock = html_reader_text;
    handler->ignorableWhitespace = html_reader_text;
    handler->warning = html_reader_error;
    handler->error = html_reader_error;
    handler->fatalError = html_reader_error;
    context->userData = reader;
    // Not HTML_PARSE_NOERROR, which would take the handlers of errors away; they print nothing.
    xmlDocPtr document = htmlCtxtReadIO(
        context, html_reader_more, html_reader_close, reader, NULL, "UTF-8",
        HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC | HTML_PARSE_RECOVER);
    if (document != NULL) xmlFreeDoc(document);
    htmlFreeParserCtxt(context);
    return 0;
}
