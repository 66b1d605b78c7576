/* The standard streams that are given to Comptoir.exe, and what passes through them. */
#ifndef COMPTOIR_STREAMS_H
#define COMPTOIR_STREAMS_H

#include <windows.h>

typedef enum { TO_PROGRAM, FROM_PROGRAM } Direction;

/* A pipe: the end that is kept, and the one that the program inherits. */
typedef struct {
  HANDLE ours;
  HANDLE theirs;
} Stream;

/* Opens a pipe that nobody but this user, on this computer, can reach. */
BOOL open_stream(Direction direction, Stream *stream);

/* What one thread carries, from a pipe or a standard handle to the other. */
typedef struct {
  HANDLE from;
  HANDLE to;
} Passage;

/* Threads: until one of the ends closes, which then closes the other for the program. */
DWORD WINAPI carry_input(void *passage);
DWORD WINAPI carry_output(void *passage);

/* Whether the handle is a console's, and not a file, a pipe or nothing. */
BOOL is_console(HANDLE handle);

/* Writes a text where `to` leads: as it is on a console, in UTF-8 elsewhere. */
void write_text(HANDLE to, const wchar_t *text);

#endif
