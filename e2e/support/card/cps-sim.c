/*
 * A PKCS#11 module that behaves as Cryptolib CPS does with readers and cards, over SoftHSM2, which holds the objects.
 * What it answers was measured on the genuine module (cryptolib-measured.md §2, 3, 5, 6, 7); what it is told is in
 * cps-sim-control.c.
 */
#define _GNU_SOURCE
#include "cps-sim.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SESSIONS = 256, MAX_VALUE = 16384, PIN_TRIES = 3 };

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST ours;
static int initialised, connected, lost, emptyValue, emptyAsked;
static unsigned long connectedEpoch;
static struct {
  CK_SESSION_HANDLE handle;
  CK_SLOT_ID slot;
} sessions[MAX_SESSIONS];

/* The old handles stay dead: SoftHSM gives no handle twice. */
static void endSessions(CK_SLOT_ID id) {
  for (int i = 0; i < MAX_SESSIONS; i++)
    if (sessions[i].handle && sessions[i].slot == id) {
      real->C_CloseSession(sessions[i].handle);
      sessions[i].handle = 0;
    }
}

static int isBindable(const struct slot *slot) {
  return slot->listed && strcmp(slot->now.state, "card") == 0;
}

static void look(struct slot *slot) {
  if (slot->bound && (!isBindable(slot) || strcmp(slot->boundSeat, slot->now.seat) != 0)) {
    endSessions((CK_SLOT_ID)(slot - slots));
    slot->bound = 0;
    slot->everRemoved = 1;
    slot->events++;
  }
  if (!slot->bound && isBindable(slot)) {
    slot->bound = 1;
    copy(slot->boundSeat, sizeof slot->boundSeat, slot->now.seat);
    slot->lastTries = -1;
    slot->events++;
  }
  if (slot->bound && slot->lastTries != slot->now.tries) slot->triesLeft = slot->lastTries = slot->now.tries;
}

/* Sees what is in the readers, as the module does at most calls. Once PC/SC has gone it sees nothing any more. */
static void refresh(void) {
  readControl();
  if (!initialised) return;
  if (connected && (!control.serviceUp || control.epoch != connectedEpoch)) {
    lost = 1;
    for (int i = 0; i < slotCount; i++) endSessions((CK_SLOT_ID)i);
  }
  if (!control.serviceUp || lost) return;
  connected = 1;
  connectedEpoch = control.epoch;
  for (int i = 0; i < slotCount; i++) look(&slots[i]);
}

/* Most functions begin so: see the readers, then go wrong if told to. */
#define ENTER(function)                                    \
  do {                                                     \
    refresh();                                             \
    CK_RV wrong = misbehave(function, NULL);               \
    if (wrong != CKR_OK) return wrong;                     \
    if (!initialised) return CKR_CRYPTOKI_NOT_INITIALIZED; \
  } while (0)

static struct slot *slotOf(CK_SLOT_ID id) {
  return id < (CK_SLOT_ID)slotCount && slots[id].listed && connected ? &slots[id] : NULL;
}

/* What becomes of a call that needs the card. */
static CK_RV presence(CK_SLOT_ID id) {
  if (lost) return CKR_DEVICE_ERROR;
  const struct slot *slot = slotOf(id);
  if (!slot) return CKR_SLOT_ID_INVALID;
  if (slot->bound) return CKR_OK;
  if (strcmp(slot->now.state, "foreign") == 0) return CKR_TOKEN_NOT_RECOGNIZED;
  if (strcmp(slot->now.state, "exclusive") == 0) return CKR_GENERAL_ERROR;
  return CKR_TOKEN_NOT_PRESENT;
}

static void padded(CK_UTF8CHAR *to, size_t size, const char *text) {
  size_t length = strlen(text);
  memset(to, ' ', size);
  memcpy(to, text, length < size ? length : size);
}

static void unhex(CK_UTF8CHAR *to, size_t size, const char *hex) {
  unsigned int byte;
  memset(to, ' ', size);
  for (size_t i = 0; i < size && sscanf(hex + 2 * i, "%2x", &byte) == 1; i++) to[i] = (CK_UTF8CHAR)byte;
}

/* The slot of SoftHSM that holds the card's objects. */
static CK_RV realSlot(const struct slot *slot, CK_SLOT_ID *found) {
  CK_SLOT_ID ids[128];
  CK_ULONG count = sizeof ids / sizeof *ids;
  CK_UTF8CHAR wanted[32];
  CK_TOKEN_INFO info;
  padded(wanted, sizeof wanted, slot->now.token);
  CK_RV rv = real->C_GetSlotList(CK_TRUE, ids, &count);
  if (rv != CKR_OK) return rv;
  for (CK_ULONG i = 0; i < count; i++)
    if (real->C_GetTokenInfo(ids[i], &info) == CKR_OK && memcmp(info.label, wanted, sizeof wanted) == 0) {
      *found = ids[i];
      return CKR_OK;
    }
  fprintf(stderr, "cps-sim: no token %s\n", slot->now.token);
  return CKR_FUNCTION_FAILED;
}

static struct slot *slotOfSession(CK_SESSION_HANDLE session) {
  for (int i = 0; i < MAX_SESSIONS; i++)
    if (session && sessions[i].handle == session) return &slots[sessions[i].slot];
  return NULL;
}

static CK_RV initialise(CK_VOID_PTR args) {
  char settings[4200];
  readControl();
  beside(settings, sizeof settings, "softhsm2.conf");
  setenv("SOFTHSM2_CONF", settings, 1);
  CK_RV rv = misbehave("C_Initialize", NULL);
  if (rv == CKR_OK) rv = real->C_Initialize(args);
  if (rv != CKR_OK) return rv;
  memset(slots, 0, sizeof slots);
  memset(sessions, 0, sizeof sessions);
  slotCount = connected = lost = 0;
  initialised = 1;
  /* What is there already raises no event. */
  refresh();
  for (int i = 0; i < slotCount; i++) slots[i].events = 0;
  return CKR_OK;
}

static CK_RV finalise(CK_VOID_PTR reserved) {
  ENTER("C_Finalize");
  initialised = 0;
  return real->C_Finalize(reserved);
}

static CK_RV getInfo(CK_INFO_PTR info) {
  ENTER("C_GetInfo");
  if (!info) return CKR_ARGUMENTS_BAD;
  info->cryptokiVersion = (CK_VERSION){2, 20};
  info->flags = 0;
  padded(info->manufacturerID, sizeof info->manufacturerID, "ANS");
  padded(info->libraryDescription, sizeof info->libraryDescription, "CPS3 PKCS#11 LINUX");
  info->libraryVersion = control.library;
  return CKR_OK;
}

/* A caller asks twice, how many and then which: what goes wrong does so once. */
static CK_RV getSlotList(CK_BBOOL present, CK_SLOT_ID_PTR ids, CK_ULONG_PTR count) {
  refresh();
  CK_RV rv = ids ? CKR_OK : misbehave("C_GetSlotList", NULL);
  if (rv != CKR_OK) return rv;
  if (!initialised) return CKR_CRYPTOKI_NOT_INITIALIZED;
  if (!count) return CKR_ARGUMENTS_BAD;
  CK_SLOT_ID found[MAX_READERS];
  CK_ULONG n = 0;
  for (CK_SLOT_ID id = 0; id < (CK_SLOT_ID)slotCount; id++)
    if (!lost && slotOf(id) && (!present || slots[id].bound)) found[n++] = id;
  if (ids && *count < n) rv = CKR_BUFFER_TOO_SMALL;
  if (ids && rv == CKR_OK) memcpy(ids, found, n * sizeof *ids);
  *count = n;
  return rv;
}

static CK_RV getSlotInfo(CK_SLOT_ID id, CK_SLOT_INFO_PTR info) {
  ENTER("C_GetSlotInfo");
  const struct slot *slot = lost ? NULL : slotOf(id);
  if (!slot) return CKR_SLOT_ID_INVALID;
  memset(info, 0, sizeof *info);
  char name[65];
  const char *full = slot->now.name;
  size_t length = strlen(full);
  if (length > 64) snprintf(name, sizeof name, "%.30s...%.30s", full, full + length - 30);
  else copy(name, sizeof name, full);
  padded(info->slotDescription, sizeof info->slotDescription, name);
  padded(info->manufacturerID, sizeof info->manufacturerID, "");
  if (!slot->everRemoved) info->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT;
  if (slot->bound) info->flags |= CKF_TOKEN_PRESENT;
  return CKR_OK;
}

static CK_FLAGS flagsOfTries(int left) {
  if (left <= 0) return CKF_USER_PIN_LOCKED;
  if (left == 1) return CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY;
  return left < PIN_TRIES ? CKF_USER_PIN_COUNT_LOW : 0;
}

static CK_RV getTokenInfo(CK_SLOT_ID id, CK_TOKEN_INFO_PTR info) {
  ENTER("C_GetTokenInfo");
  CK_SLOT_ID token;
  CK_RV rv = presence(id);
  if (rv == CKR_OK) rv = realSlot(&slots[id], &token);
  if (rv == CKR_OK) rv = real->C_GetTokenInfo(token, info);
  if (rv != CKR_OK) return rv;
  const struct slot *slot = &slots[id];
  unhex(info->label, sizeof info->label, slot->now.label);
  unhex(info->model, sizeof info->model, slot->now.model);
  padded(info->manufacturerID, sizeof info->manufacturerID, "");
  padded(info->serialNumber, sizeof info->serialNumber, slot->now.serial);
  info->flags = CKF_RNG | CKF_TOKEN_INITIALIZED;
  if (!slot->now.contactless)
    info->flags |= CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | flagsOfTries(slot->triesLeft);
  info->ulMinPinLen = slot->now.contactless ? 0 : 4;
  info->ulMaxPinLen = slot->now.contactless ? 0 : 8;
  return CKR_OK;
}

static CK_RV openSession(CK_SLOT_ID id, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify,
                         CK_SESSION_HANDLE_PTR session) {
  ENTER("C_OpenSession");
  CK_SLOT_ID token;
  int i = 0;
  CK_RV rv = presence(id);
  if (rv == CKR_OK) rv = realSlot(&slots[id], &token);
  while (i < MAX_SESSIONS && sessions[i].handle) i++;
  if (rv == CKR_OK && i == MAX_SESSIONS) rv = CKR_SESSION_COUNT;
  if (rv == CKR_OK) rv = real->C_OpenSession(token, flags, application, notify, session);
  if (rv != CKR_OK) return rv;
  sessions[i].handle = *session;
  sessions[i].slot = id;
  return CKR_OK;
}

static CK_RV closeSession(CK_SESSION_HANDLE session) {
  ENTER("C_CloseSession");
  for (int i = 0; i < MAX_SESSIONS; i++)
    if (sessions[i].handle == session) sessions[i].handle = 0;
  return real->C_CloseSession(session);
}

static CK_RV closeAllSessions(CK_SLOT_ID id) {
  ENTER("C_CloseAllSessions");
  if (!slotOf(id)) return CKR_SLOT_ID_INVALID;
  endSessions(id);
  return CKR_OK;
}

static CK_RV getSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info) {
  ENTER("C_GetSessionInfo");
  const struct slot *slot = slotOfSession(session);
  if (!slot) return CKR_SESSION_HANDLE_INVALID;
  CK_RV rv = real->C_GetSessionInfo(session, info);
  if (rv == CKR_OK) info->slotID = (CK_SLOT_ID)(slot - slots);
  return rv;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  ENTER("C_Login");
  struct slot *slot = slotOfSession(session);
  CK_SESSION_INFO info;
  if (!slot) return CKR_SESSION_HANDLE_INVALID;
  if (slot->now.contactless) return CKR_USER_PIN_NOT_INITIALIZED;
  CK_RV rv = real->C_GetSessionInfo(session, &info);
  if (rv != CKR_OK) return rv;
  if (info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS)
    return CKR_USER_ALREADY_LOGGED_IN;
  if (user != CKU_USER) return CKR_FUNCTION_NOT_SUPPORTED;
  if (slot->triesLeft == 0) return CKR_PIN_LOCKED;
  if (length < 4 || length > 8) return CKR_PIN_INCORRECT;
  rv = real->C_Login(session, user, pin, length);
  if (rv == CKR_PIN_INCORRECT) slot->triesLeft--;
  if (rv == CKR_OK) slot->triesLeft = PIN_TRIES;
  return rv;
}

static CK_RV findObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count) {
  ENTER("C_FindObjectsInit");
  if (!slotOfSession(session)) return CKR_SESSION_HANDLE_INVALID;
  return real->C_FindObjectsInit(session, template, count);
}

/* Of a pulled card there is nothing left, and no error, unless its certificates are in the disk cache. */
static CK_RV getValue(const struct slot *slot, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
                      CK_ATTRIBUTE_PTR value) {
  static CK_BYTE whole[MAX_VALUE];
  CK_ATTRIBUTE asked = {CKA_VALUE, whole, sizeof whole};
  CK_RV rv = real->C_GetAttributeValue(session, object, &asked, 1);
  if (rv != CKR_OK) return rv;
  CK_ULONG length = asked.ulValueLen;
  int pulled = !isBindable(slot) || strcmp(slot->boundSeat, slot->now.seat) != 0;
  const char *certificate = slot->now.certificate;
  if (emptyValue || (pulled && !control.cached) || strcmp(certificate, "empty") == 0) length = 0;
  if (strcmp(certificate, "truncated") == 0) length /= 2;
  if (strcmp(certificate, "absurd") == 0) memset(whole, 0xA5, length);
  if (value->pValue && value->ulValueLen < length) rv = CKR_BUFFER_TOO_SMALL;
  else if (value->pValue) memcpy(value->pValue, whole, length);
  value->ulValueLen = length;
  return rv;
}

/*
 * Asked twice too, how long and then what; the second time without a buffer as well, if the first answer was 0. It does
 * not look whether the card is still there.
 */
static CK_RV getAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,
                               CK_ULONG count) {
  readControl();
  if (emptyAsked) {
    emptyAsked = 0;
  } else if (count == 0 || !template[0].pValue) {
    emptyValue = 0;
    CK_RV wrong = misbehave("C_GetAttributeValue", &emptyValue);
    if (wrong != CKR_OK) return wrong;
    emptyAsked = emptyValue;
  }
  const struct slot *slot = slotOfSession(session);
  if (!slot) return CKR_SESSION_HANDLE_INVALID;
  for (CK_ULONG i = 0; i < count; i++) {
    CK_RV rv = template[i].type == CKA_VALUE ? getValue(slot, session, object, &template[i])
                                             : real->C_GetAttributeValue(session, object, &template[i], 1);
    if (rv != CKR_OK) return rv;
  }
  return CKR_OK;
}

/* Only with a DigestInfo of the caller's own making: so the genuine module answers for the authentication key. */
static CK_RV signInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
  ENTER("C_SignInit");
  if (!slotOfSession(session)) return CKR_SESSION_HANDLE_INVALID;
  if (mechanism->mechanism != CKM_RSA_PKCS) return CKR_KEY_TYPE_INCONSISTENT;
  return real->C_SignInit(session, mechanism, key);
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR made,
                  CK_ULONG_PTR size) {
  ENTER("C_Sign");
  if (!slotOfSession(session)) return CKR_SESSION_HANDLE_INVALID;
  return real->C_Sign(session, data, length, made, size);
}

static CK_RV waitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID_PTR id, CK_VOID_PTR reserved) {
  (void)reserved;
  ENTER("C_WaitForSlotEvent");
  if (!(flags & CKF_DONT_BLOCK)) return CKR_FUNCTION_NOT_SUPPORTED;
  for (int i = 0; i < slotCount; i++)
    if (slots[i].events > 0) {
      slots[i].events--;
      *id = (CK_SLOT_ID)i;
      return CKR_OK;
    }
  return CKR_NO_EVENT;
}

static void openSoftHsm(void) {
  static const char *const places[] = {"/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so",
                                       "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "libsofthsm2.so"};
  findFolder();
  for (size_t i = 0; i < sizeof places / sizeof *places && !real; i++) {
    void *softHsm = dlopen(places[i], RTLD_NOW | RTLD_LOCAL);
    CK_C_GetFunctionList get = NULL;
    if (softHsm) *(void **)&get = dlsym(softHsm, "C_GetFunctionList");
    if (get && get(&real) != CKR_OK) real = NULL;
  }
}

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  if (!real) openSoftHsm();
  if (!real) return CKR_GENERAL_ERROR;
  ours = *real;
  ours.C_Initialize = initialise;
  ours.C_Finalize = finalise;
  ours.C_GetInfo = getInfo;
  ours.C_GetFunctionList = C_GetFunctionList;
  ours.C_GetSlotList = getSlotList;
  ours.C_GetSlotInfo = getSlotInfo;
  ours.C_GetTokenInfo = getTokenInfo;
  ours.C_OpenSession = openSession;
  ours.C_CloseSession = closeSession;
  ours.C_CloseAllSessions = closeAllSessions;
  ours.C_GetSessionInfo = getSessionInfo;
  ours.C_Login = login;
  ours.C_FindObjectsInit = findObjectsInit;
  ours.C_GetAttributeValue = getAttributeValue;
  ours.C_SignInit = signInit;
  ours.C_Sign = sign;
  ours.C_WaitForSlotEvent = waitForSlotEvent;
  *list = &ours;
  return CKR_OK;
}
