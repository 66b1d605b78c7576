/* What passes through the streams: bytes as they are, except that a console speaks UTF-16 and Comptoir UTF-8. */

#include "streams.h"
#include <wchar.h>

enum { CHUNK = 65536, LONGEST_CHARACTER = 4, CONSOLE_CHUNK = 8192, CONTROL_Z = 0x1a };

BOOL is_console(HANDLE handle) {
  DWORD mode;
  return GetConsoleMode(handle, &mode);
}

static BOOL write_bytes(HANDLE to, const BYTE *bytes, DWORD length) {
  for (DWORD written; length > 0; bytes += written, length -= written)
    if (!WriteFile(to, bytes, length, &written, NULL)) return FALSE;
  return TRUE;
}

static BOOL is_high_surrogate(wchar_t unit) { return (unit & 0xfc00) == 0xd800; }

/* In parts that every version of the console takes, which do not cut a character. */
static BOOL write_console(HANDLE to, const wchar_t *text, DWORD length) {
  while (length > 0) {
    DWORD part = length < CONSOLE_CHUNK ? length : CONSOLE_CHUNK;
    if (part < length && is_high_surrogate(text[part - 1])) part--;
    DWORD written;
    if (!WriteConsoleW(to, text, part, &written, NULL) || written == 0) return FALSE;
    text += written;
    length -= written;
  }
  return TRUE;
}

void write_text(HANDLE to, const wchar_t *text) {
  BYTE bytes[CHUNK];
  DWORD length = (DWORD)wcslen(text);
  if (is_console(to)) {
    write_console(to, text, length);
    return;
  }
  int count = WideCharToMultiByte(CP_UTF8, 0, text, (int)length, (char *)bytes, sizeof bytes, NULL, NULL);
  write_bytes(to, bytes, (DWORD)count);
}

/* How many of the last bytes begin a character whose other bytes have not come yet (RFC 3629 §3). */
static DWORD begun(const BYTE *bytes, DWORD length) {
  for (DWORD back = 1; back < LONGEST_CHARACTER && back <= length; back++) {
    BYTE byte = bytes[length - back];
    if ((byte & 0xc0) == 0x80) continue;
    DWORD whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return whole > back ? back : 0;
  }
  return 0;
}

static BOOL write_decoded(HANDLE to, const BYTE *bytes, DWORD length) {
  wchar_t text[CHUNK + LONGEST_CHARACTER];
  if (length == 0) return TRUE;
  int count = MultiByteToWideChar(CP_UTF8, 0, (const char *)bytes, (int)length, text, CHUNK + LONGEST_CHARACTER);
  return write_console(to, text, (DWORD)count);
}

DWORD WINAPI carry_output(void *given) {
  const Passage *passage = given;
  BYTE bytes[CHUNK + LONGEST_CHARACTER];
  BOOL console = is_console(passage->to);
  /* Without such a stream, as when Explorer starts us, the program is still read, so that it does not wait. */
  BOOL nowhere = passage->to == NULL || passage->to == INVALID_HANDLE_VALUE;
  DWORD kept = 0;
  for (DWORD length; ReadFile(passage->from, bytes + kept, CHUNK, &length, NULL);) {
    length += kept;
    kept = console ? begun(bytes, length) : 0;
    BOOL written = nowhere || (console ? write_decoded(passage->to, bytes, length - kept)
                                       : write_bytes(passage->to, bytes, length));
    if (!written) break;
    MoveMemory(bytes, bytes + length - kept, kept);
  }
  if (console) write_decoded(passage->to, bytes, kept);
  CloseHandle(passage->from);
  return 0;
}

static BOOL read_console(HANDLE from, HANDLE to) {
  wchar_t text[CONSOLE_CHUNK + 1];
  BYTE bytes[3 * (CONSOLE_CHUNK + 1)];
  DWORD kept = 0;
  for (DWORD length; ReadConsoleW(from, text + kept, CONSOLE_CHUNK, &length, NULL);) {
    /* Control-C interrupts the reading; what follows it is not the end of the input. */
    if (length == 0 && GetLastError() != ERROR_OPERATION_ABORTED) break;
    if (length > 0 && text[kept] == CONTROL_Z) break;
    length += kept;
    kept = length > 0 && is_high_surrogate(text[length - 1]) ? 1 : 0;
    int count = WideCharToMultiByte(CP_UTF8, 0, text, (int)(length - kept), (char *)bytes, sizeof bytes, NULL, NULL);
    if (!write_bytes(to, bytes, (DWORD)count)) return FALSE;
    if (kept) text[0] = text[length - 1];
  }
  return TRUE;
}

static void read_bytes(HANDLE from, HANDLE to) {
  static BYTE bytes[CHUNK];
  for (DWORD length; ReadFile(from, bytes, sizeof bytes, &length, NULL) && length > 0;)
    if (!write_bytes(to, bytes, length)) return;
}

DWORD WINAPI carry_input(void *given) {
  const Passage *passage = given;
  if (is_console(passage->from))
    read_console(passage->from, passage->to);
  else
    read_bytes(passage->from, passage->to);
  CloseHandle(passage->to);
  return 0;
}
