#pragma once

#include <stddef.h>

/// What glibc declares under _GNU_SOURCE only, which Swift's import of glibc does not define.
int syncfs(int descriptor);
int renameat2(int old_folder, const char *old_name, int new_folder, const char *new_name, unsigned int flags);
enum { rename_exchange = 1 << 1 };
void *memmem(const void *haystack, size_t haystack_length, const void *needle, size_t needle_length);

/// What glibc declares in a header that Swift's import of glibc leaves out.
int malloc_trim(size_t pad);
