/*
 * Modules that go wrong before they can be told anything, one for each BAD_ name that may be defined as BAD. What can
 * be done through a control file is in cps-sim.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CK_PTR *
#define NULL_PTR NULL
#include <pkcs11/pkcs11.h>

#define BAD_NOT_PKCS11 1
#define BAD_FUNCTION_LIST_FAILS 2
#define BAD_INITIALIZE_SEGFAULTS 3
#define BAD_INITIALIZE_ABORTS 4
#define BAD_INITIALIZE_EXITS 5
#define BAD_INITIALIZE_HANGS 6
#define BAD_SLOT_LIST_HANGS 7
#define BAD_INITIALIZE_GENERAL_ERROR 8
#define BAD_INITIALIZE_VENDOR_ERROR 9

#if BAD == BAD_NOT_PKCS11

__attribute__((visibility("default"))) int cps_answer(void) { return 42; }

#else

static CK_RV initialise(CK_VOID_PTR args) {
  (void)args;
  switch (BAD) {
    case BAD_INITIALIZE_SEGFAULTS: {
      volatile int *volatile nowhere = NULL;
      *nowhere = 0;
      break;
    }
    case BAD_INITIALIZE_ABORTS: abort();
    case BAD_INITIALIZE_EXITS: exit(3);
    case BAD_INITIALIZE_HANGS:
      for (;;) pause();
    case BAD_INITIALIZE_GENERAL_ERROR: return CKR_GENERAL_ERROR;
    /* CKR_ASIP_BAD_EF_ACTUA (cryptolib-cps.md §2). */
    case BAD_INITIALIZE_VENDOR_ERROR: return 0x80000001UL;
  }
  return CKR_OK;
}

static CK_RV finalise(CK_VOID_PTR reserved) {
  (void)reserved;
  return CKR_OK;
}

static CK_RV getInfo(CK_INFO_PTR info) {
  memset(info, 0, sizeof *info);
  info->cryptokiVersion.major = 2;
  info->cryptokiVersion.minor = 20;
  return CKR_OK;
}

static CK_RV getSlotList(CK_BBOOL present, CK_SLOT_ID_PTR ids, CK_ULONG_PTR count) {
  (void)present;
  (void)ids;
  if (BAD == BAD_SLOT_LIST_HANGS)
    for (;;) pause();
  *count = 0;
  return CKR_OK;
}

static CK_FUNCTION_LIST list;

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR given) {
  if (BAD == BAD_FUNCTION_LIST_FAILS) return CKR_GENERAL_ERROR;
  list.version.major = 2;
  list.version.minor = 20;
  list.C_Initialize = initialise;
  list.C_Finalize = finalise;
  list.C_GetInfo = getInfo;
  list.C_GetFunctionList = C_GetFunctionList;
  list.C_GetSlotList = getSlotList;
  *given = &list;
  return CKR_OK;
}

#endif
