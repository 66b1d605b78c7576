/*
 * The test double of Cryptolib is told everything by files beside itself, because the process that loads it may have
 * no environment of its own:
 *   softhsm2.conf   SoftHSM's settings
 *   control         lines of words separated by tabs, read again on every call; simulated-cryptolib.ts writes them:
 *     turn     N                       other than in the control before
 *     service  up|down  EPOCH          EPOCH: how many times PC/SC has been stopped
 *     library  MAJOR  MINOR
 *     cache                            certificates are in the vendor's disk cache
 *     trace                            the name of each function called is written to `calls`
 *     reader   NAME  SEAT  STATE  [TOKEN  TRIES  SERIAL  LABEL  MODEL  CERTIFICATE  CONTACT]
 *                                      SEAT: other with every insertion; STATE: none mute foreign exclusive card;
 *                                      TOKEN: a label in SoftHSM; LABEL, MODEL: hexadecimal, as the structure holds
 *                                      them; CERTIFICATE: whole empty truncated absurd; CONTACT: contact contactless
 *     fault    FUNCTION  KIND  VALUE  TIMES   KIND: rv delay (ms) segv hang empty; TIMES: 0 = always
 */
#define _GNU_SOURCE
#include "cps-sim.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FAULTS = 32 };

struct fault {
  char function[40], kind[8];
  unsigned long value, times;
};

struct control control;
struct slot slots[MAX_READERS];
int slotCount;
static struct fault faults[MAX_FAULTS];
static int faultCount;
static char folder[4096];

void copy(char *to, size_t size, const char *from) { snprintf(to, size, "%s", from ? from : ""); }

void beside(char *path, size_t size, const char *name) { snprintf(path, size, "%s/%s", folder, name); }

void findFolder(void) {
  Dl_info self;
  copy(folder, sizeof folder, dladdr((void *)&control, &self) ? self.dli_fname : NULL);
  char *slash = strrchr(folder, '/');
  if (slash) *slash = 0;
  else copy(folder, sizeof folder, ".");
}

static unsigned long number(char **rest) {
  const char *word = strsep(rest, "\t");
  return word ? strtoul(word, NULL, 0) : 0;
}

static void readReader(char *rest) {
  struct reader read = {0};
  struct slot *slot = NULL;
  copy(read.name, sizeof read.name, strsep(&rest, "\t"));
  copy(read.seat, sizeof read.seat, strsep(&rest, "\t"));
  copy(read.state, sizeof read.state, strsep(&rest, "\t"));
  copy(read.token, sizeof read.token, strsep(&rest, "\t"));
  read.tries = (int)number(&rest);
  copy(read.serial, sizeof read.serial, strsep(&rest, "\t"));
  copy(read.label, sizeof read.label, strsep(&rest, "\t"));
  copy(read.model, sizeof read.model, strsep(&rest, "\t"));
  copy(read.certificate, sizeof read.certificate, strsep(&rest, "\t"));
  read.contactless = rest && strcmp(rest, "contactless") == 0;
  for (int i = 0; i < slotCount && !slot; i++)
    if (strcmp(slots[i].now.name, read.name) == 0) slot = &slots[i];
  if (!slot) {
    if (slotCount == MAX_READERS) return;
    slot = &slots[slotCount++];
    slot->lastTries = -1;
  }
  slot->now = read;
  slot->listed = 1;
}

static void readFault(char *rest) {
  if (faultCount == MAX_FAULTS) return;
  struct fault *fault = &faults[faultCount++];
  copy(fault->function, sizeof fault->function, strsep(&rest, "\t"));
  copy(fault->kind, sizeof fault->kind, strsep(&rest, "\t"));
  fault->value = number(&rest);
  fault->times = number(&rest);
}

static void readLine(char *line) {
  char *rest = line;
  const char *word = strsep(&rest, "\t");
  if (strcmp(word, "turn") == 0) control.turn = number(&rest);
  if (strcmp(word, "cache") == 0) control.cached = 1;
  if (strcmp(word, "trace") == 0) control.traced = 1;
  if (strcmp(word, "reader") == 0) readReader(rest);
  if (strcmp(word, "fault") == 0) readFault(rest);
  if (strcmp(word, "service") == 0) {
    const char *state = strsep(&rest, "\t");
    control.serviceUp = state && strcmp(state, "up") == 0;
    control.epoch = number(&rest);
  }
  if (strcmp(word, "library") == 0) {
    control.library.major = (CK_BYTE)number(&rest);
    control.library.minor = (CK_BYTE)number(&rest);
  }
}

void readControl(void) {
  char path[4200], line[1024];
  beside(path, sizeof path, "control");
  control = (struct control){.library = {3, 1}, .serviceUp = 1};
  faultCount = 0;
  for (int i = 0; i < slotCount; i++) slots[i].listed = 0;
  FILE *file = fopen(path, "re");
  if (!file) return;
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    readLine(line);
  }
  fclose(file);
}

static void append(const char *name, const char *text) {
  char path[4300];
  beside(path, sizeof path, name);
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0 || write(file, text, strlen(text)) < 0) abort();
  close(file);
}

/* Counted in a file, so that a fault happens so many times whatever becomes of the process that it happens in. */
static int isDue(const struct fault *fault) {
  if (fault->times == 0) return 1;
  char name[160], path[4300];
  struct stat used = {0};
  snprintf(name, sizeof name, "used-%lu-%s-%s", control.turn, fault->function, fault->kind);
  beside(path, sizeof path, name);
  if (stat(path, &used) == 0 && (unsigned long)used.st_size >= fault->times) return 0;
  append(name, ".");
  return 1;
}

CK_RV misbehave(const char *function, int *empty) {
  char called[64];
  snprintf(called, sizeof called, "%s\n", function);
  if (control.traced) append("calls", called);
  for (int i = 0; i < faultCount; i++) {
    const struct fault *fault = &faults[i];
    if (strcmp(fault->function, function) != 0 || !isDue(fault)) continue;
    if (strcmp(fault->kind, "rv") == 0) return fault->value;
    if (strcmp(fault->kind, "empty") == 0 && empty) *empty = 1;
    if (strcmp(fault->kind, "delay") == 0) {
      struct timespec left = {(time_t)(fault->value / 1000), (long)(fault->value % 1000) * 1000000L};
      while (nanosleep(&left, &left) != 0) continue;
    }
    if (strcmp(fault->kind, "hang") == 0)
      for (;;) pause();
    if (strcmp(fault->kind, "segv") == 0) {
      volatile int *volatile nowhere = NULL;
      *nowhere = 0;
    }
  }
  return CKR_OK;
}
