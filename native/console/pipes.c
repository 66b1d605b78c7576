/* Named pipes for the standard streams: a pipe without a name could carry no list of who may open it. */

#include "streams.h"
#include <ntsecapi.h>
#include <wchar.h>

enum { PIPE_BYTES = 65536, NAME_BYTES = 16, NAME_LENGTH = 64 };

/* A security descriptor that names one user, and all it points to. */
typedef struct {
  union {
    TOKEN_USER user;
    BYTE bytes[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  } token;
  union {
    ACL list;
    BYTE bytes[sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE) + SECURITY_MAX_SID_SIZE];
  } access;
  SECURITY_DESCRIPTOR descriptor;
} Guard;

static BOOL only_this_user(Guard *guard) {
  HANDLE token;
  DWORD length;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return FALSE;
  BOOL known = GetTokenInformation(token, TokenUser, &guard->token, sizeof guard->token, &length);
  CloseHandle(token);
  return known && InitializeAcl(&guard->access.list, sizeof guard->access, ACL_REVISION) &&
         AddAccessAllowedAce(&guard->access.list, ACL_REVISION, GENERIC_ALL, guard->token.user.User.Sid) &&
         InitializeSecurityDescriptor(&guard->descriptor, SECURITY_DESCRIPTOR_REVISION) &&
         SetSecurityDescriptorDacl(&guard->descriptor, TRUE, &guard->access.list, FALSE);
}

/* Nobody can guess the name, and so create the pipe first or connect before us. */
static BOOL random_name(wchar_t name[NAME_LENGTH]) {
  BYTE random[NAME_BYTES];
  if (!RtlGenRandom(random, sizeof random)) return FALSE;
  int length = swprintf(name, NAME_LENGTH, L"\\\\.\\pipe\\comptoir-");
  for (size_t index = 0; index < sizeof random; index++)
    length += swprintf(name + length, NAME_LENGTH - (size_t)length, L"%02x", random[index]);
  return TRUE;
}

BOOL open_stream(Direction direction, Stream *stream) {
  wchar_t name[NAME_LENGTH];
  Guard guard;
  if (!random_name(name) || !only_this_user(&guard)) return FALSE;
  SECURITY_ATTRIBUTES ours = {sizeof ours, &guard.descriptor, FALSE};
  SECURITY_ATTRIBUTES theirs = {sizeof theirs, &guard.descriptor, TRUE};
  BOOL input = direction == TO_PROGRAM;
  stream->ours = CreateNamedPipeW(
      name, (input ? PIPE_ACCESS_OUTBOUND : PIPE_ACCESS_INBOUND) | FILE_FLAG_FIRST_PIPE_INSTANCE,
      PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, PIPE_BYTES, PIPE_BYTES, 0,
      &ours);
  if (stream->ours == INVALID_HANDLE_VALUE) return FALSE;
  /* The rights that CreatePipe's ends have, and as these not overlapped: Comptoir reads and writes them in a row. */
  stream->theirs = CreateFileW(
      name, input ? GENERIC_READ | FILE_WRITE_ATTRIBUTES : GENERIC_WRITE | FILE_READ_ATTRIBUTES, 0, &theirs,
      OPEN_EXISTING, SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS, NULL);
  if (stream->theirs == INVALID_HANDLE_VALUE) return FALSE;
  return ConnectNamedPipe(stream->ours, NULL) || GetLastError() == ERROR_PIPE_CONNECTED;
}
