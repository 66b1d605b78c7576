/* comptoir.exe: Comptoir on the command line of Windows (product.md §6).
 *
 * Comptoir.exe is a program with windows: a shell does not wait for it, and gives it no standard streams. This one, in
 * the bin folder beside it, starts it with streams, waits, and ends as it ended. Without arguments it opens the window
 * and does not wait, so that the console may be closed without closing Comptoir. */

#include "streams.h"
#include "texts.h"
#include <stdarg.h>
#include <wchar.h>

enum { UNAVAILABLE = 69, LONGEST_PATH = 32768, LONGEST_TEXT = LONGEST_PATH + 256 };

static HANDLE console_input;
static DWORD console_mode;

static int refuse(const wchar_t *format, ...) {
  static wchar_t text[LONGEST_TEXT];
  va_list values;
  va_start(values, format);
  int length = vswprintf(text, LONGEST_TEXT - 3, format, values);
  va_end(values);
  wcscpy(text + (length < 0 ? 0 : length), L"\r\n");
  write_text(GetStdHandle(STD_ERROR_HANDLE), text);
  return UNAVAILABLE;
}

/* Comptoir.exe, in the folder that holds ours: never what PATH or the current folder would find. */
static BOOL find_program(wchar_t path[LONGEST_PATH]) {
  DWORD length = GetModuleFileNameW(NULL, path, LONGEST_PATH);
  if (length == 0 || length == LONGEST_PATH) return FALSE;
  for (int parent = 0; parent < 2; parent++) {
    wchar_t *last = wcsrchr(path, L'\\');
    if (last == NULL) return FALSE;
    *last = L'\0';
  }
  const wchar_t name[] = L"\\Comptoir.exe";
  if (wcslen(path) + wcslen(name) >= LONGEST_PATH) return FALSE;
  wcscat(path, name);
  DWORD attributes = GetFileAttributesW(path);
  return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* What follows the name of the program (CommandLineToArgvW: quotes in a name are not escaped). */
static const wchar_t *arguments_in(const wchar_t *line) {
  BOOL quoted = FALSE;
  for (; *line != L'\0' && (quoted || (*line != L' ' && *line != L'\t')); line++)
    if (*line == L'"') quoted = !quoted;
  while (*line == L' ' || *line == L'\t') line++;
  return line;
}

/* The arguments go on as they were typed, quotes and all: Comptoir reads them by the rules that this program was called
 * by, and nothing is lost in splitting and quoting them again. */
static wchar_t *command_line(const wchar_t *program, const wchar_t *arguments) {
  size_t length = wcslen(program) + wcslen(arguments) + 4;
  wchar_t *line = HeapAlloc(GetProcessHeap(), 0, length * sizeof *line);
  if (line != NULL) swprintf(line, length, L"\"%ls\" %ls", program, arguments);
  return line;
}

static int open_window(const wchar_t *program, wchar_t *line) {
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION process;
  if (!CreateProcessW(program, line, NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL, &start, &process))
    return refuse(TEXT_NOT_STARTED, GetLastError());
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
  return 0;
}

/* A job that ends with this process, whatever ends it (Control-C, a closed console, a kill), and ends all that is in it. */
static HANDLE deadly_job(void) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
      .BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE};
  HANDLE job = CreateJobObjectW(NULL, NULL);
  if (job == NULL || SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits)) return job;
  CloseHandle(job);
  return NULL;
}

/* Starts the program with these three handles and no other of ours, in the job. */
static BOOL start(const wchar_t *program, wchar_t *line, HANDLE handles[3], HANDLE job, PROCESS_INFORMATION *process) {
  SIZE_T bytes = 0;
  InitializeProcThreadAttributeList(NULL, 1, 0, &bytes);
  STARTUPINFOEXW start = {.StartupInfo = {.cb = sizeof start,
                                          .dwFlags = STARTF_USESTDHANDLES,
                                          .hStdInput = handles[0],
                                          .hStdOutput = handles[1],
                                          .hStdError = handles[2]},
                          .lpAttributeList = HeapAlloc(GetProcessHeap(), 0, bytes)};
  if (start.lpAttributeList == NULL || !InitializeProcThreadAttributeList(start.lpAttributeList, 1, 0, &bytes) ||
      !UpdateProcThreadAttribute(start.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
                                 3 * sizeof *handles, NULL, NULL) ||
      !CreateProcessW(program, line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT | CREATE_SUSPENDED, NULL, NULL,
                      &start.StartupInfo, process))
    return FALSE;
  if (AssignProcessToJobObject(job, process->hProcess) && ResumeThread(process->hThread) != (DWORD)-1) return TRUE;
  TerminateProcess(process->hProcess, UNAVAILABLE);
  return FALSE;
}

static void show_typing(void) {
  if (console_mode != 0) SetConsoleMode(console_input, console_mode);
}

static BOOL WINAPI on_console_event(DWORD event) {
  (void)event;
  show_typing();
  return FALSE;
}

/* Commands read nothing but codes, passwords and secrets: what is typed for them is not shown. */
static void hide_typing(HANDLE input) {
  if (!GetConsoleMode(input, &console_mode)) return;
  console_input = input;
  SetConsoleCtrlHandler(on_console_event, TRUE);
  SetConsoleMode(input, console_mode & ~(DWORD)ENABLE_ECHO_INPUT);
}

static int run_command(const wchar_t *program, wchar_t *line) {
  Stream input, output, error;
  PROCESS_INFORMATION process;
  HANDLE job = deadly_job();
  if (job == NULL || !open_stream(TO_PROGRAM, &input) || !open_stream(FROM_PROGRAM, &output) ||
      !open_stream(FROM_PROGRAM, &error) ||
      !start(program, line, (HANDLE[]){input.theirs, output.theirs, error.theirs}, job, &process))
    return refuse(TEXT_NOT_STARTED, GetLastError());
  CloseHandle(input.theirs);
  CloseHandle(output.theirs);
  CloseHandle(error.theirs);

  Passage in = {GetStdHandle(STD_INPUT_HANDLE), input.ours};
  Passage out = {output.ours, GetStdHandle(STD_OUTPUT_HANDLE)};
  Passage err = {error.ours, GetStdHandle(STD_ERROR_HANDLE)};
  hide_typing(in.from);
  CreateThread(NULL, 0, carry_input, &in, 0, NULL);
  HANDLE written[] = {CreateThread(NULL, 0, carry_output, &out, 0, NULL),
                      CreateThread(NULL, 0, carry_output, &err, 0, NULL)};

  DWORD code = UNAVAILABLE;
  WaitForSingleObject(process.hProcess, INFINITE);
  GetExitCodeProcess(process.hProcess, &code);
  /* What the command started and left behind would hold the streams open. */
  TerminateJobObject(job, code);
  WaitForMultipleObjects(2, written, TRUE, INFINITE);
  show_typing();
  /* The input may still be waited for: this ends it. */
  ExitProcess(code);
}

int wmain(void) {
  static wchar_t program[LONGEST_PATH];
  SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (!find_program(program)) return refuse(TEXT_ABSENT, program);
  const wchar_t *arguments = arguments_in(GetCommandLineW());
  wchar_t *line = command_line(program, arguments);
  if (line == NULL) return refuse(TEXT_NOT_STARTED, GetLastError());
  return *arguments == L'\0' ? open_window(program, line) : run_command(program, line);
}
