/* Runs a program for the installer, and hears what it says. */
#ifndef COMPTOIR_RUN_H
#define COMPTOIR_RUN_H

#include <windows.h>

enum { LONGEST_WORDS = 16384, NOT_STARTED = -1 };

/* Runs that command line of that program to its end, without a window. Returns its exit code, or NOT_STARTED; what it says on
 * both its streams, which is UTF-8, comes into `words`, its end left out where it is too long. */
int run(const wchar_t *program, wchar_t *line, wchar_t words[LONGEST_WORDS]);

#endif
