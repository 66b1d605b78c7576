/* What the test double of Cryptolib is told (cps-sim-control.c), for what it answers (cps-sim.c). */
#ifndef CPS_SIM_H
#define CPS_SIM_H

#include <stddef.h>

#define CK_PTR *
#define NULL_PTR NULL
#include <pkcs11/pkcs11.h>

enum { MAX_READERS = 16 };

/* A reader as the control has it. */
struct reader {
  char name[256], seat[32], state[16], token[64], serial[17], label[65], model[33], certificate[16];
  int tries, contactless;
};

/* A slot keeps the reader whose name it first had for good; `now` runs ahead of what the module has looked at. */
struct slot {
  struct reader now;
  char boundSeat[32];
  int listed, bound, everRemoved, lastTries, triesLeft, events;
};

struct control {
  CK_VERSION library;
  /* epoch: how many times PC/SC has been stopped. */
  unsigned long turn, epoch;
  int serviceUp, cached, traced;
};

extern struct control control;
extern struct slot slots[MAX_READERS];
extern int slotCount;

/* Learns the folder of the module itself. */
void findFolder(void);
void beside(char *path, size_t size, const char *name);
void copy(char *to, size_t size, const char *from);
/* Reads the control file: `control`, and each slot's `now` and `listed`. */
void readControl(void);
/* Does what the control's faults say of this function; *empty is set when its value is to be empty. */
CK_RV misbehave(const char *function, int *empty);

#endif
