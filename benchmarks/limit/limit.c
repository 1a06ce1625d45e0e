/*
 * The kernel's limit: no DNS, only what any server has to ask of the kernel for each answer. UDP in batches of 64 by recvmmsg and
 * sendmmsg; TCP with one read and one write for all that has come. Every query gets itself back, QR set, and one fixed A record.
 *
 *   limit PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, SLOT = 2112, STREAM = 65536, CONNECTIONS = 1024, RECEIVE_BUFFER = 4 << 20 };

/* A pointer to the question's name, A, IN, a TTL of 30 and an address. */
static const uint8_t RECORD[16] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 198, 18, 0, 1};

static void die(const char *what) {
  perror(what);
  exit(71);
}

/* Where the question ends; what follows it (OPT) is not echoed. */
static size_t question_end(const uint8_t *query, size_t length) {
  size_t at = 12;
  while (at < length && query[at] != 0) {
    at += query[at] + 1;
  }
  return at + 5 <= length ? at + 5 : 0;
}

static size_t answer(const uint8_t *query, size_t length, uint8_t *reply) {
  size_t end = length < 12 ? 0 : question_end(query, length);
  if (end == 0) {
    return 0;
  }
  memcpy(reply, query, end);
  reply[2] |= 0x84;
  reply[3] = 0;
  reply[6] = 0, reply[7] = 1;
  memset(reply + 8, 0, 4);
  memcpy(reply + end, RECORD, sizeof RECORD);
  return end + sizeof RECORD;
}

static int bound(int type, int port) {
  int fd = socket(AF_INET, type, 0);
  int on = 1, size = RECEIVE_BUFFER;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (type == SOCK_DGRAM) {
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) < 0) {
    die("bind");
  }
  return fd;
}

static void *serve_udp(void *argument) {
  static uint8_t in[BATCH][SLOT], out[BATCH][SLOT];
  static struct sockaddr_in peers[BATCH];
  static struct iovec in_parts[BATCH], out_parts[BATCH];
  static struct mmsghdr queries[BATCH], replies[BATCH];
  int fd = bound(SOCK_DGRAM, *(int *)argument);
  for (int i = 0; i < BATCH; i++) {
    in_parts[i] = (struct iovec){in[i], SLOT};
    queries[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &in_parts[i], .msg_iovlen = 1};
  }
  for (;;) {
    int received = recvmmsg(fd, queries, BATCH, MSG_WAITFORONE, NULL);
    int ready = 0;
    for (int i = 0; i < received; i++) {
      size_t length = answer(in[i], queries[i].msg_len, out[i]);
      if (length > 0) {
        out_parts[ready] = (struct iovec){out[i], length};
        replies[ready].msg_hdr =
            (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &out_parts[ready], .msg_iovlen = 1};
        ready++;
      }
    }
    for (int sent = 0; sent < ready;) {
      int more = sendmmsg(fd, replies + sent, ready - sent, 0);
      sent += more > 0 ? more : 1;
    }
  }
  return NULL;
}

/* One connection: what is left of a message that is not whole. */
struct stream {
  size_t held;
  uint8_t in[STREAM];
};

/* False where the connection is over. */
static int serve_stream(int fd, struct stream *stream) {
  static uint8_t out[4 * STREAM];
  ssize_t count = read(fd, stream->in + stream->held, STREAM - stream->held);
  if (count <= 0) {
    return count < 0 && errno == EAGAIN;
  }
  size_t all = stream->held + count, at = 0, written = 0;
  while (all - at >= 2) {
    size_t length = stream->in[at] << 8 | stream->in[at + 1];
    if (all - at < 2 + length) {
      break;
    }
    size_t reply = answer(stream->in + at + 2, length, out + written + 2);
    out[written] = reply >> 8, out[written + 1] = reply;
    written += 2 + reply;
    at += 2 + length;
  }
  stream->held = all - at;
  memmove(stream->in, stream->in + at, stream->held);
  return write(fd, out, written) == (ssize_t)written;
}

static void serve_tcp(int port) {
  static struct stream *streams[CONNECTIONS];
  int listener = bound(SOCK_STREAM, port);
  int poll = epoll_create1(0);
  struct epoll_event events[BATCH], event = {.events = EPOLLIN, .data.fd = listener};
  if (listen(listener, CONNECTIONS) < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) < 0) {
    die("listen");
  }
  for (;;) {
    int count = epoll_wait(poll, events, BATCH, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0) {
          continue;
        }
        if (fd >= CONNECTIONS) {
          close(fd);
          continue;
        }
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (streams[fd] == NULL) {
          streams[fd] = malloc(sizeof *streams[fd]);
        }
        streams[fd]->held = 0;
        event.data.fd = fd;
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
      } else if (!serve_stream(fd, streams[fd])) {
        close(fd);
      }
    }
  }
}

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: limit PORT\n");
    return 64;
  }
  int port = atoi(arguments[1]);
  pthread_t udp;
  if (pthread_create(&udp, NULL, serve_udp, &port) != 0) {
    die("pthread_create");
  }
  serve_tcp(port);
}
