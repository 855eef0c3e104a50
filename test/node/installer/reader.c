/* Reads a file over and over until its standard input ends, and counts what is neither of two versions, whole.
   reader FILE VERSION VERSION; prints after each 100,000 reads and at the end how many there were, how many of them torn, and how often the version
   changed from one read to the next. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char buffer[1 << 20], versions[2][1 << 20];
static long sizes[2];

static long load(const char *path, char *into) {
  int file = open(path, O_RDONLY);
  long size = 0, part;
  if (file < 0) return -1;
  while ((part = read(file, into + size, (1 << 20) - size)) > 0) size += part;
  close(file);
  return part < 0 ? -1 : size;
}

static void report(long reads, long torn, long changes) {
  printf("{\"reads\":%ld,\"torn\":%ld,\"changes\":%ld}\n", reads, torn, changes);
  fflush(stdout);
}

int main(int count, char **arguments) {
  long reads = 0, torn = 0, changes = 0;
  int last = -1;
  struct pollfd input = {.fd = 0, .events = POLLIN};
  if (count != 4) return 2;
  for (int i = 0; i < 2; i++) sizes[i] = load(arguments[2 + i], versions[i]);
  while (reads % 1000 || poll(&input, 1, 0) == 0) {
    long size = load(arguments[1], buffer);
    int seen = -1;
    for (int i = 0; i < 2; i++)
      if (size == sizes[i] && memcmp(buffer, versions[i], size) == 0) seen = i;
    reads++;
    if (seen < 0) torn++;
    else if (last >= 0 && seen != last) changes++;
    if (seen >= 0) last = seen;
    if (reads % 100000 == 0) report(reads, torn, changes);
  }
  report(reads, torn, changes);
  return 0;
}
