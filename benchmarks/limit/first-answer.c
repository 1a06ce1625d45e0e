/*
 * Starts a server and asks it until it answers; then says what that took, and stops it.
 *
 *   first-answer PORT NAME SECONDS SETTLE COMMAND...
 *
 * Prints: milliseconds from exec to the first answer with a record; milliseconds of CPU by then; MB resident then; MB at the peak, and MB
 * resident, SETTLE seconds later. The child is told to end whatever happens, at the latest after SECONDS without an answer.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Often enough to tell 5 ms, seldom enough to cost the server nothing. */
enum { PAUSE_MILLIS = 5 };

static double millis(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static size_t question(const char *name, uint8_t *query) {
  static const uint8_t header[12] = {0, 7, 0, 0, 0, 1};
  memcpy(query, header, sizeof header);
  size_t at = sizeof header;
  while (*name) {
    size_t length = strcspn(name, ".");
    query[at++] = (uint8_t)length;
    memcpy(query + at, name, length);
    at += length;
    name += length + (name[length] == '.');
  }
  static const uint8_t end[5] = {0, 0, 1, 0, 1};
  memcpy(query + at, end, sizeof end);
  return at + sizeof end;
}

static long megabytes(pid_t pid, const char *key) {
  char path[64], line[256];
  long kilobytes = 0;
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  FILE *status = fopen(path, "r");
  while (status && fgets(line, sizeof line, status)) {
    if (!strncmp(line, key, strlen(key))) {
      kilobytes = atol(line + strlen(key));
    }
  }
  if (status) {
    fclose(status);
  }
  return kilobytes / 1024;
}

/* Whether a reply with a record came within the pause. */
static int answered(int socket, const uint8_t *query, size_t length) {
  uint8_t reply[512];
  if (send(socket, query, length, 0) < 0) {
    usleep(PAUSE_MILLIS * 1000);
    return 0;
  }
  struct pollfd readable = {.fd = socket, .events = POLLIN};
  if (poll(&readable, 1, PAUSE_MILLIS) <= 0) {
    return 0;
  }
  ssize_t got = recv(socket, reply, sizeof reply, 0);
  if (got < 12) {
    usleep(PAUSE_MILLIS * 1000);
    return 0;
  }
  if (reply[6] || reply[7]) {
    return 1;
  }
  usleep(PAUSE_MILLIS * 1000); /* not ready yet, and says so at once */
  return 0;
}

int main(int count, char **arguments) {
  if (count < 6 || strlen(arguments[2]) > 250) {
    fprintf(stderr, "usage: first-answer PORT NAME SECONDS SETTLE COMMAND...\n");
    return 64;
  }
  uint8_t query[512];
  size_t length = question(arguments[2], query);
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int udp = socket(AF_INET, SOCK_DGRAM, 0);
  if (connect(udp, (struct sockaddr *)&server, sizeof server)) {
    perror("connect");
    return 71;
  }
  double begin = millis(CLOCK_MONOTONIC);
  pid_t child = fork();
  if (child == 0) {
    dup2(2, 1);
    execvp(arguments[5], arguments + 5);
    perror(arguments[5]);
    _exit(71);
  }
  int failed = 0;
  while (!answered(udp, query, length)) {
    if (waitpid(child, NULL, WNOHANG) == child) {
      fprintf(stderr, "the server has ended\n");
      return 1;
    }
    if (millis(CLOCK_MONOTONIC) - begin > atof(arguments[3]) * 1e3) {
      fprintf(stderr, "no answer within %s s\n", arguments[3]);
      failed = 1;
      break;
    }
  }
  if (!failed) {
    double took = millis(CLOCK_MONOTONIC) - begin;
    clockid_t cpu;
    clock_getcpuclockid(child, &cpu);
    double spent = millis(cpu);
    long then = megabytes(child, "VmRSS:");
    sleep((unsigned)atoi(arguments[4]));
    printf("%.0f %.0f %ld %ld %ld\n", took, spent, then, megabytes(child, "VmHWM:"), megabytes(child, "VmRSS:"));
  }
  kill(child, SIGTERM);
  waitpid(child, NULL, 0);
  return failed;
}
