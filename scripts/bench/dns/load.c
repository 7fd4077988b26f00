/*
 * Load for a DNS server over UDP, many packets to a system call, so that one core of load can saturate one core of server.
 *
 *     load HOST PORT SECONDS QUERIES WINDOW RATE SOURCES
 *
 * QUERIES: a file of queries, each behind two octets of length, asked in turn and from the beginning again. RATE 0: as fast as
 * answers come, with WINDOW queries on their way at a time. Otherwise RATE queries a second, whatever comes back. SOURCES:
 * addresses 127.x.y.z to ask from. Prints one line of JSON; times in microseconds.
 *
 * With a rate it is a clock, and goes before whatever else runs on its core (as far as it may): otherwise it would measure how long
 * it waited itself.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>

/* Nanoseconds between two looks at the clock. */
static const struct timespec LOOK = {.tv_nsec = 50000};

enum { BATCH = 64, IDS = 65536, ROOM = 4096, BUCKETS = 20000 };

struct source {
  int fd;
  unsigned short next;
  int waiting;
  double *sent_at;
};

static unsigned char *file;
static size_t file_size, file_at;
static unsigned char out[BATCH][512], in[BATCH][ROOM];
static struct mmsghdr out_headers[BATCH], in_headers[BATCH];
static struct iovec out_vectors[BATCH], in_vectors[BATCH];
static long sent, answered, lost, octets, rcodes[16];
/* Answers by the tens of microseconds that they took; the last place is for all that took longer. */
static long took[BUCKETS];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what) {
  perror(what);
  exit(2);
}

static void open_source(struct source *source, int i, int count, const char *host, int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)}, from = {.sin_family = AF_INET};
  int room = 4 << 20;
  inet_pton(AF_INET, host, &to.sin_addr);
  from.sin_addr.s_addr = htonl(count > 1 ? 0x7f000101u + i * 257u : 0x7f000001u);
  source->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  source->sent_at = calloc(IDS, sizeof(double));
  setsockopt(source->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  setsockopt(source->fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  if (bind(source->fd, (void *)&from, sizeof from)) die("bind");
  if (connect(source->fd, (void *)&to, sizeof to)) die("connect");
}

static void ask(struct source *source, int count, double at) {
  for (int i = 0; i < count; i++) {
    size_t length = file[file_at] << 8 | file[file_at + 1];
    memcpy(out[i], file + file_at + 2, length);
    file_at += 2 + length;
    if (file_at >= file_size) file_at = 0;
    out[i][0] = source->next >> 8;
    out[i][1] = source->next & 255;
    source->sent_at[source->next++] = at;
    out_vectors[i].iov_len = length;
  }
  int done = sendmmsg(source->fd, out_headers, count, 0);
  if (done > 0) sent += done, source->waiting += done;
}

static int hear(struct source *source, double at) {
  int count = recvmmsg(source->fd, in_headers, BATCH, MSG_DONTWAIT, 0);
  for (int i = 0; i < count; i++) {
    double *sent_at = &source->sent_at[in[i][0] << 8 | in[i][1]];
    if (*sent_at == 0) continue;
    long tens = (at - *sent_at) * 1e5;
    took[tens < BUCKETS - 1 ? tens : BUCKETS - 1]++;
    *sent_at = 0;
    rcodes[in[i][3] & 15]++;
    octets += in_headers[i].msg_len;
    answered++;
    source->waiting--;
  }
  return count;
}

static long quantile(double q) {
  long left = answered * q;
  for (int i = 0; i < BUCKETS; i++)
    if ((left -= took[i]) < 0) return i * 10 + 5;
  return BUCKETS * 10;
}

int main(int argc, char **argv) {
  if (argc != 8) return fprintf(stderr, "load HOST PORT SECONDS QUERIES WINDOW RATE SOURCES\n"), 2;
  double seconds = atof(argv[3]), rate = atof(argv[6]);
  int window = atoi(argv[5]), count = atoi(argv[7]);
  int fd = open(argv[4], O_RDONLY);
  struct stat about;
  if (fd < 0 || fstat(fd, &about)) die(argv[4]);
  file_size = about.st_size;
  file = mmap(0, file_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (file == MAP_FAILED) die("mmap");
  for (int i = 0; i < BATCH; i++) {
    out_vectors[i].iov_base = out[i];
    in_vectors[i] = (struct iovec){in[i], ROOM};
    out_headers[i].msg_hdr = (struct msghdr){.msg_iov = &out_vectors[i], .msg_iovlen = 1};
    in_headers[i].msg_hdr = (struct msghdr){.msg_iov = &in_vectors[i], .msg_iovlen = 1};
  }
  struct source *sources = calloc(count, sizeof *sources);
  struct pollfd *polls = calloc(count, sizeof *polls);
  for (int i = 0; i < count; i++) {
    open_source(&sources[i], i, count, argv[1], atoi(argv[2]));
    polls[i] = (struct pollfd){sources[i].fd, POLLIN, 0};
  }
  if (rate > 0) sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 1});
  double start = now(), end = start + seconds, heard = start, at = start;
  int turn = 0;
  /* The last tenth of a second is for answers that are on their way. */
  for (; at < end + (rate > 0 ? 0.1 : 0); at = now()) {
    int progress = 0;
    if (rate > 0 && at < end) {
      long due = (at - start) * rate - sent;
      if (due > 0) ask(&sources[turn++ % count], due < BATCH ? due : BATCH, at), progress = 1;
    }
    for (int i = 0; i < count; i++) {
      int room = rate > 0 ? 0 : window / count - sources[i].waiting;
      if (room > 0) ask(&sources[i], room < BATCH ? room : BATCH, now()), progress = 1;
      if (hear(&sources[i], now()) > 0) progress = 1, heard = now();
    }
    if (progress) continue;
    if (rate > 0) nanosleep(&LOOK, NULL);
    else poll(polls, count, 5);
    /* What did not come in a quarter of a second does not come any more: ask others in its place. */
    if (rate == 0 && now() - heard > 0.25) {
      for (int i = 0; i < count; i++) lost += sources[i].waiting, sources[i].waiting = 0;
      heard = now();
    }
  }
  if (rate > 0) lost = sent - answered;
  double took_all = (rate > 0 ? end : now()) - start;
  printf("{\"sent\":%ld,\"answered\":%ld,\"lost\":%ld,\"qps\":%.0f,\"octets\":%.1f,\"p50\":%ld,\"p99\":%ld,\"p999\":%ld,\"rcodes\":{",
         sent, answered, lost, answered / took_all, answered ? (double)octets / answered : 0.0, quantile(0.5), quantile(0.99), quantile(0.999));
  for (int i = 0, n = 0; i < 16; i++)
    if (rcodes[i]) printf("%s\"%d\":%ld", n++ ? "," : "", i, rcodes[i]);
  puts("}}");
  return 0;
}
