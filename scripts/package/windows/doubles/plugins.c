/* Stands for the plugins of electron-builder's NSIS (StdUtils, UAC, nsProcess, Nsis7z, WinShell), for which Debian has no
 * package. What the template asks of them when it installs for all users is done, as simply as it can be; the rest is only
 * named, so that the script compiles. */

#include <windows.h>
#include <shellapi.h>
#include <shlobj.h>
#include <wchar.h>

/* NSIS's plugin interface (Contrib/ExampleDLL/pluginapi.h). */
typedef struct Item {
  struct Item *next;
  wchar_t text[1];
} Item;

#define PLUGIN(name) \
  __declspec(dllexport) void __cdecl name(HWND window, int size, wchar_t *variables, Item **top); \
  void __cdecl name(HWND window, int size, wchar_t *variables, Item **top)
#define UNUSED (void)window, (void)size, (void)variables, (void)top
#define NOTHING(name) \
  PLUGIN(name) { UNUSED; }

static void pop(Item **top, wchar_t *text, int size) {
  text[0] = L'\0';
  Item *item = *top;
  if (item == NULL) return;
  wcsncpy(text, item->text, (size_t)size - 1);
  text[size - 1] = L'\0';
  *top = item->next;
  GlobalFree(item);
}

static void push(Item **top, const wchar_t *text, int size) {
  Item *item = GlobalAlloc(GPTR, sizeof(Item) + (size_t)size * sizeof(wchar_t));
  if (item == NULL) return;
  wcsncpy(item->text, text, (size_t)size);
  item->next = *top;
  *top = item;
}

enum { LENGTH = 1024 };

/* Whether « /name » or « --name » is on the command line. */
PLUGIN(TestParameter) {
  UNUSED;
  wchar_t name[LENGTH];
  pop(top, name, LENGTH);
  int count, found = 0;
  wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
  for (int index = 1; index < count; index++) {
    const wchar_t *word = words[index];
    if (wcsncmp(word, L"--", 2) == 0) word += 2;
    else if (*word == L'/') word += 1;
    else continue;
    if (_wcsicmp(word, name) == 0) found = 1;
  }
  push(top, found ? L"true" : L"false", size);
}

PLUGIN(GetAllParameters) {
  UNUSED;
  wchar_t truncate[LENGTH];
  pop(top, truncate, LENGTH);
  const wchar_t *line = GetCommandLineW();
  BOOL quoted = FALSE;
  for (; *line != L'\0' && (quoted || *line != L' '); line++)
    if (*line == L'"') quoted = !quoted;
  while (*line == L' ') line++;
  push(top, line, size);
}

PLUGIN(GetParentPath) {
  UNUSED;
  wchar_t path[LENGTH];
  pop(top, path, LENGTH);
  wchar_t *last = wcsrchr(path, L'\\');
  if (last != NULL) *last = L'\0';
  push(top, path, size);
}

/* UAC: an administrator (2), and nobody's child (3). */
PLUGIN(_) {
  UNUSED;
  wchar_t what[LENGTH];
  pop(top, what, LENGTH);
  push(top, *what == L'2' ? L"1" : L"0", size);
}

/* Nsis7z: the folder that the archive was made of, named by the environment, comes into the current one. */
PLUGIN(Extract) {
  UNUSED;
  wchar_t archive[LENGTH], from[LENGTH] = L"", to[LENGTH] = L"";
  pop(top, archive, LENGTH);
  if (GetEnvironmentVariableW(L"COMPTOIR_PAYLOAD", from, LENGTH - 4) == 0) return;
  wcscat(from, L"\\*");
  GetCurrentDirectoryW(LENGTH - 1, to);
  from[wcslen(from) + 1] = to[wcslen(to) + 1] = L'\0';
  SHFILEOPSTRUCTW copy = {
      .wFunc = FO_COPY, .pFrom = from, .pTo = to, .fFlags = FOF_SILENT | FOF_NOCONFIRMATION | FOF_NOERRORUI | FOF_NOCONFIRMMKDIR};
  SHFileOperationW(&copy);
}

/* Shell links: what is pushed for them is taken away. */
static void take(Item **top, int count) {
  wchar_t text[LENGTH];
  while (count-- > 0) pop(top, text, LENGTH);
}
PLUGIN(SetLnkAUMI) { UNUSED; take(top, 2); }
PLUGIN(UninstAppUserModelId) { UNUSED; take(top, 1); }
PLUGIN(UninstShortcut) { UNUSED; take(top, 1); }

NOTHING(ExecShellAsUser)
NOTHING(GetParameter)
NOTHING(HashFile)
NOTHING(_FindProcess)
NOTHING(_KillProcess)
NOTHING(_CloseProcess)
NOTHING(_Unload)
