#include "run.h"

static HANDLE start(const wchar_t *program, wchar_t *line, HANDLE output, HANDLE input) {
  STARTUPINFOW start = {.cb = sizeof start,
                        .dwFlags = STARTF_USESTDHANDLES,
                        .hStdInput = input,
                        .hStdOutput = output,
                        .hStdError = output};
  PROCESS_INFORMATION process;
  if (!CreateProcessW(program, line, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &start, &process)) return NULL;
  CloseHandle(process.hThread);
  return process.hProcess;
}

/* All is read, so that the program never waits; what has no room is forgotten. */
static void hear(HANDLE from, wchar_t words[LONGEST_WORDS]) {
  static char bytes[LONGEST_WORDS - 1];
  DWORD kept = 0;
  char chunk[4096];
  for (DWORD length; ReadFile(from, chunk, sizeof chunk, &length, NULL) && length > 0;) {
    if (length > sizeof bytes - kept) length = (DWORD)sizeof bytes - kept;
    CopyMemory(bytes + kept, chunk, length);
    kept += length;
  }
  words[MultiByteToWideChar(CP_UTF8, 0, bytes, (int)kept, words, LONGEST_WORDS - 1)] = L'\0';
}

int run(const wchar_t *program, wchar_t *line, wchar_t words[LONGEST_WORDS]) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  HANDLE ours, theirs;
  words[0] = L'\0';
  if (!CreatePipe(&ours, &theirs, &inherited, 0)) return NOT_STARTED;
  SetHandleInformation(ours, HANDLE_FLAG_INHERIT, 0);
  HANDLE nothing = CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL);
  HANDLE process = start(program, line, theirs, nothing);
  CloseHandle(theirs);
  CloseHandle(nothing);
  DWORD code = (DWORD)NOT_STARTED;
  if (process != NULL) {
    hear(ours, words);
    WaitForSingleObject(process, INFINITE);
    GetExitCodeProcess(process, &code);
    CloseHandle(process);
  }
  CloseHandle(ours);
  return (int)code;
}
