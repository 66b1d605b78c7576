/* The custom actions of the MSI (scripts/package/windows/msi-project.ts).
 *
 * Windows Installer calls them; what they say goes to its journal (/l*v) and, unless it is silent, to a box. A deferred
 * action sees no property but CustomActionData: the immediate one leaves there what the others need. */

#include "run.h"
#include <msi.h>
#include <msiquery.h>
#include <wchar.h>

/* `comptoir prepare` ended well, but the settings that were there must be corrected (EX_CONFIG). */
enum { FAULTY_SETTINGS = 78, LONGEST = 16384, LONGEST_MESSAGE = LONGEST + LONGEST_WORDS };

#define ACTION(name) \
  __declspec(dllexport) UINT __stdcall name(MSIHANDLE session); \
  UINT __stdcall name(MSIHANDLE session)

static void say(MSIHANDLE session, INSTALLMESSAGE kind, const wchar_t *text) {
  MSIHANDLE record = MsiCreateRecord(1);
  MsiRecordSetStringW(record, 0, L"[1]");
  MsiRecordSetStringW(record, 1, text);
  MsiProcessMessage(session, kind, record);
  MsiCloseHandle(record);
}

/* Empty when it has no value, or one that is too long for anything. */
static const wchar_t *property(MSIHANDLE session, const wchar_t *name, wchar_t value[LONGEST]) {
  DWORD length = LONGEST;
  if (MsiGetPropertyW(session, name, value, &length) != ERROR_SUCCESS) value[0] = L'\0';
  return value;
}

/* Adds a word as CommandLineToArgvW reads it back: backslashes count twice before a quote, and only there. */
static void add_quoted(wchar_t *line, size_t size, const wchar_t *word) {
  size_t end = wcslen(line), backslashes = 0;
  if (end + 2 * wcslen(word) + 4 > size) return;
  line[end++] = L' ';
  line[end++] = L'"';
  for (; *word != L'\0'; word++) {
    if (*word == L'"')
      for (backslashes++; backslashes > 0; backslashes--) line[end++] = L'\\';
    line[end++] = *word;
    backslashes = *word == L'\\' ? backslashes + 1 : 0;
  }
  for (; backslashes > 0; backslashes--) line[end++] = L'\\';
  line[end++] = L'"';
  line[end] = L'\0';
}

/* The options that were given, as `comptoir prepare` takes them. `table`: « HOST=host;REALM=realm;… ». */
static void add_options(MSIHANDLE session, wchar_t *table, wchar_t *line, size_t size) {
  static wchar_t value[LONGEST];
  wchar_t *next;
  for (wchar_t *pair = wcstok_s(table, L";", &next); pair != NULL; pair = wcstok_s(NULL, L";", &next)) {
    wchar_t *name = wcschr(pair, L'=');
    if (name == NULL) continue;
    *name++ = L'\0';
    if (*property(session, pair, value) == L'\0') continue;
    if (wcslen(line) + wcslen(name) + 8 > size) return;
    wcscat(wcscat(line, L" --"), name);
    add_quoted(line, size, value);
  }
}

/* Whether the program runs, in whatever session: its file cannot be opened for writing then. */
static BOOL is_running(const wchar_t *folder) {
  static wchar_t path[LONGEST + 16];
  swprintf(path, LONGEST + 16, L"%lsComptoir.exe", folder);
  for (int attempt = 0; attempt < 4; attempt++) {
    HANDLE file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) {
      CloseHandle(file);
      return FALSE;
    }
    if (GetLastError() != ERROR_SHARING_VIOLATION) return FALSE;
    /* A virus scanner holds a file for a moment. */
    Sleep(500);
  }
  return TRUE;
}

/* Immediate: refuses while Comptoir is open, and leaves to the others what they need. */
ACTION(CheckWorkstation) {
  static wchar_t folder[LONGEST], table[LONGEST], data[LONGEST], common[LONGEST];
  if (is_running(property(session, L"APPLICATIONFOLDER", folder))) {
    say(session, INSTALLMESSAGE_ERROR,
        L"Comptoir est ouvert sur ce poste, peut-être dans une autre session. Fermez-le, puis relancez.");
    return ERROR_INSTALL_FAILURE;
  }
  /* The folder ends with a backslash, and cannot have a quote. */
  swprintf(data, LONGEST, L"%lsbin\\comptoir.exe|prepare", folder);
  if (*property(session, L"WIX_UPGRADE_DETECTED", common) != L'\0') wcscat(data, L" --upgrade");
  property(session, L"ComptoirOptions", table);
  add_options(session, table, data, LONGEST);
  MsiSetPropertyW(session, L"ComptoirPrepare", data);
  MsiSetPropertyW(session, L"ComptoirDeleteData", property(session, L"CommonAppDataFolder", common));
  return ERROR_SUCCESS;
}

/* Deferred, as the system: `comptoir prepare`, once the files are there. */
ACTION(PrepareWorkstation) {
  static wchar_t data[LONGEST], line[LONGEST + 16], words[LONGEST_WORDS], message[LONGEST_MESSAGE];
  wchar_t *arguments = wcschr(property(session, L"CustomActionData", data), L'|');
  if (arguments == NULL) return ERROR_INSTALL_FAILURE;
  *arguments++ = L'\0';
  swprintf(line, LONGEST + 16, L"\"%ls\" %ls", data, arguments);
  int code = run(data, line, words);
  if (code == 0) {
    say(session, INSTALLMESSAGE_INFO, words);
    return ERROR_SUCCESS;
  }
  if (code == FAULTY_SETTINGS) {
    swprintf(message, LONGEST_MESSAGE, L"Comptoir est installé, mais ses réglages sont à corriger.\n%ls", words);
    say(session, INSTALLMESSAGE_WARNING, message);
    return ERROR_SUCCESS;
  }
  swprintf(message, LONGEST_MESSAGE,
           L"Comptoir n'est pas installé : le poste n'a pas pu être préparé (code %d). "
           L"Relancez l'installation après avoir corrigé ce qui suit.\n%ls",
           code, words);
  say(session, INSTALLMESSAGE_ERROR, message);
  return ERROR_INSTALL_FAILURE;
}

/* Deferred, as the system, when DELETEDATA=1 is given at the uninstallation. `rd` removes the links that it meets in the
 * folder of data, where every user may write, and not what they lead to. */
ACTION(DeleteData) {
  static wchar_t common[LONGEST], system[MAX_PATH], program[MAX_PATH + 16], line[LONGEST + 64], words[LONGEST_WORDS];
  if (*property(session, L"CustomActionData", common) == L'\0' || GetSystemDirectoryW(system, MAX_PATH) == 0)
    return ERROR_INSTALL_FAILURE;
  swprintf(program, MAX_PATH + 16, L"%ls\\cmd.exe", system);
  swprintf(line, LONGEST + 64, L"cmd.exe /d /c rd /s /q \"%lsComptoir\"", common);
  run(program, line, words);
  swprintf(line, LONGEST + 64, L"%lsComptoir", common);
  if (GetFileAttributesW(line) == INVALID_FILE_ATTRIBUTES) return ERROR_SUCCESS;
  say(session, INSTALLMESSAGE_ERROR,
      L"Les données de Comptoir n'ont pas pu être effacées. Fermez ce qui s'en sert, puis relancez la désinstallation.");
  return ERROR_INSTALL_FAILURE;
}
