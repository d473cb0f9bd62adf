#pragma once

/// glibc declares it under _GNU_SOURCE only, which Swift's import of glibc does not define.
int syncfs(int descriptor);
