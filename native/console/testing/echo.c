/* Stands for Comptoir.exe in the proofs of the console: a program with windows, which shows none. Its first argument
 * says what to do with its standard streams. */

#include <windows.h>
#include <shellapi.h>
#include <wchar.h>

static void write_all(HANDLE to, const char *bytes, DWORD length) {
  for (DWORD written; length > 0 && WriteFile(to, bytes, length, &written, NULL); bytes += written, length -= written)
    ;
}

static void write_line(HANDLE to, const wchar_t *text) {
  char bytes[65536];
  int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes - 1, NULL, NULL) - 1;
  bytes[length] = '\n';
  write_all(to, bytes, (DWORD)length + 1);
}

static void copy(HANDLE from, HANDLE to) {
  char bytes[10000];
  for (DWORD length; ReadFile(from, bytes, sizeof bytes, &length, NULL) && length > 0;) write_all(to, bytes, length);
}

/* Leaves behind a process that holds the standard streams. */
static void leave_child(void) {
  wchar_t path[MAX_PATH], line[MAX_PATH + 16];
  GetModuleFileNameW(NULL, path, MAX_PATH);
  swprintf(line, MAX_PATH + 16, L"\"%ls\" attend", path);
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION process;
  CreateProcessW(path, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process);
}

/* Lasts, and leaves a trace of its end that a killed process does not leave. */
static void outlive(const wchar_t *file, DWORD milliseconds) {
  Sleep(milliseconds);
  CloseHandle(CreateFileW(file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
}

/* `prepare`, as installers call it: its arguments are recorded, each on its line; it ends as the environment says. */
static int prepare(int count, wchar_t **arguments, HANDLE error) {
  wchar_t file[MAX_PATH], code[16] = L"0";
  GetEnvironmentVariableW(L"COMPTOIR_RECORD", file, MAX_PATH);
  GetEnvironmentVariableW(L"COMPTOIR_CODE", code, 16);
  HANDLE record = CreateFileW(file, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  for (int index = 1; index < count; index++) write_line(record, arguments[index]);
  CloseHandle(record);
  if (wcscmp(code, L"0") != 0) write_line(error, L"psc.issuer : cette adresse n’est pas à l’émetteur « été »");
  return _wtoi(code);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, wchar_t *line, int show) {
  (void)instance, (void)previous, (void)line, (void)show;
  HANDLE input = GetStdHandle(STD_INPUT_HANDLE), output = GetStdHandle(STD_OUTPUT_HANDLE);
  HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
  int count;
  wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
  const wchar_t *what = count > 1 ? arguments[1] : L"";
  if (wcscmp(what, L"prepare") == 0) return prepare(count, arguments, error);
  if (wcscmp(what, L"arguments") == 0)
    for (int index = 2; index < count; index++) write_line(output, arguments[index]);
  else if (wcscmp(what, L"copie") == 0)
    copy(input, output);
  else if (wcscmp(what, L"deux") == 0)
    write_line(output, L"la sortie : été"), write_line(error, L"l'erreur : à côté");
  else if (wcscmp(what, L"fin") == 0)
    return _wtoi(arguments[2]);
  else if (wcscmp(what, L"laisse") == 0)
    leave_child(), write_line(output, L"parti");
  else if (wcscmp(what, L"attend") == 0)
    Sleep(600000);
  else if (wcscmp(what, L"dure") == 0)
    write_line(output, L"commence"), outlive(arguments[2], 6000);
  else if (count == 1)
    outlive(L"fenetre.txt", 6000);
  return 0;
}
