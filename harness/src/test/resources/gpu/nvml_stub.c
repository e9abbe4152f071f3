/* Two made-up GPUs behind NVML's functions, for tests: the first tells everything, the second is cut
   into MIG instances and tells little, a third exists and cannot be opened. STUB_LOST in the
   environment makes all of them fall off the bus. */
#include <stdlib.h>
#include <string.h>
typedef void *device;
static int a, b;
static unsigned long long millijoules = 1000000;
static int lost(void) { return getenv("STUB_LOST") ? 15 : 0; }
int nvmlInit_v2(void) { return 0; }
int nvmlShutdown(void) { return 0; }
int nvmlSystemGetDriverVersion(char *text, unsigned length) { strncpy(text, "570.00.stub", length); return 0; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 3; return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, device *handle) {
  if (index == 2) return 4; /* no permission */
  *handle = index == 0 ? &a : &b;
  return 0;
}
int nvmlDeviceGetName(device d, char *text, unsigned length) { strncpy(text, d == &a ? "Stub 9000" : "Stub MIG", length); return 0; }
int nvmlDeviceGetUUID(device d, char *text, unsigned length) { strncpy(text, d == &a ? "GPU-a" : "GPU-b", length); return 0; }
int nvmlDeviceGetMemoryInfo(device d, unsigned long long *info) {
  if (lost()) return lost();
  info[0] = 80ULL << 30; info[1] = 60ULL << 30; info[2] = 20ULL << 30;
  return 0;
}
int nvmlDeviceGetUtilizationRates(device d, unsigned *rates) {
  if (lost()) return lost();
  if (d == &b) return 3; /* not supported */
  rates[0] = 87; rates[1] = 40;
  return 0;
}
int nvmlDeviceGetPowerUsage(device d, unsigned *milliwatts) {
  if (lost()) return lost();
  *milliwatts = d == &a ? 350500 : 100000;
  return 0;
}
int nvmlDeviceGetTotalEnergyConsumption(device d, unsigned long long *mj) {
  if (lost()) return lost();
  if (d == &b) return 3;
  millijoules += 70000;
  *mj = millijoules;
  return 0;
}
int nvmlDeviceGetClockInfo(device d, unsigned type, unsigned *mhz) {
  if (lost()) return lost();
  if (type != 1) return 2;
  *mhz = 1980;
  return 0;
}
int nvmlDeviceGetCurrentClocksThrottleReasons(device d, unsigned long long *bits) { /* the older name alone */
  if (lost()) return lost();
  *bits = 0x4;
  return 0;
}
int nvmlDeviceGetEnforcedPowerLimit(device d, unsigned *milliwatts) { *milliwatts = 700000; return 0; }
/* nvmlDeviceGetTemperature is missing, as in a driver that does not have it */
