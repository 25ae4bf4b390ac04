/* Writes down, in order, what a program does to the files below one folder, so that a power cut can be replayed.

   Loaded before the program (LD_PRELOAD). RECORD_FOLDER is the folder, RECORD_TO the file written. One entry is a letter,
   three numbers (length of the path, offset, length of the data), the path and the data:
   W bytes were written   T the file was cut to a length   S the file (or folder) was forced to the disk
   U the file was removed   R the file was renamed (the data is its new path) */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FILES 4096
#define REAL(type, name, ...) ((type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

static char *open_files[MOST_FILES];
static const char *folder;
static int record = -1;

__attribute__((constructor)) static void start(void) {
  folder = getenv("RECORD_FOLDER");
  const char *to = getenv("RECORD_TO");
  if (folder && to) record = syscall(SYS_openat, AT_FDCWD, to, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

static int watched(const char *path) { return record >= 0 && path && !strncmp(path, folder, strlen(folder)); }

static const char *path_of(int fd) { return fd >= 0 && fd < MOST_FILES ? open_files[fd] : NULL; }

static void put(const void *data, size_t length) {
  if (length && syscall(SYS_write, record, data, length) != (ssize_t)length) abort();
}

static void note(char what, const char *path, int64_t offset, const void *data, int64_t length) {
  int64_t numbers[3] = {(int64_t)strlen(path), offset, length};
  put(&what, 1);
  put(numbers, sizeof numbers);
  put(path, numbers[0]);
  if (data) put(data, length);
}

static int opened(int fd, const char *path) {
  if (fd >= 0 && fd < MOST_FILES) {
    free(open_files[fd]);
    open_files[fd] = watched(path) ? strdup(path) : NULL;
  }
  return fd;
}

/* ---------------------------------------------------------------------------------------------------------- opening */
#define MODE                              \
  mode_t mode = 0;                        \
  if (flags & (O_CREAT | __O_TMPFILE)) {  \
    va_list rest;                         \
    va_start(rest, flags);                \
    mode = va_arg(rest, mode_t);          \
    va_end(rest);                         \
  }

#define OPEN(name)                                                                      \
  int name(const char *path, int flags, ...) {                                          \
    MODE return opened(REAL(int, #name, const char *, int, ...)(path, flags, mode), path); \
  }

#define OPENAT(name)                                                                              \
  int name(int at, const char *path, int flags, ...) {                                            \
    MODE return opened(REAL(int, #name, int, const char *, int, ...)(at, path, flags, mode), path); \
  }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  opened(fd, NULL);
  return REAL(int, "close", int)(fd);
}

/* ---------------------------------------------------------------------------------------------------------- writing */
ssize_t write(int fd, const void *data, size_t length) {
  const char *path = path_of(fd);
  off_t offset = path ? lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t done = REAL(ssize_t, "write", int, const void *, size_t)(fd, data, length);
  if (path && done > 0) note('W', path, offset, data, done);
  return done;
}

#define PWRITE(name)                                                                                   \
  ssize_t name(int fd, const void *data, size_t length, off_t offset) {                                \
    ssize_t done = REAL(ssize_t, #name, int, const void *, size_t, off_t)(fd, data, length, offset);   \
    if (path_of(fd) && done > 0) note('W', path_of(fd), offset, data, done);                           \
    return done;                                                                                       \
  }

#define CUT(name)                                          \
  int name(int fd, off_t length) {                         \
    int failed = REAL(int, #name, int, off_t)(fd, length); \
    if (path_of(fd) && !failed) note('T', path_of(fd), length, NULL, 0); \
    return failed;                                         \
  }

#define SYNC(name)                                         \
  int name(int fd) {                                       \
    int failed = REAL(int, #name, int)(fd);                \
    if (path_of(fd) && !failed) note('S', path_of(fd), 0, NULL, 0); \
    return failed;                                         \
  }

PWRITE(pwrite)
PWRITE(pwrite64)
CUT(ftruncate)
CUT(ftruncate64)
SYNC(fsync)
SYNC(fdatasync)

/* --------------------------------------------------------------------------------------------------------- removing */
int unlink(const char *path) {
  int failed = REAL(int, "unlink", const char *)(path);
  if (watched(path) && !failed) note('U', path, 0, NULL, 0);
  return failed;
}

int rename(const char *from, const char *to) {
  int failed = REAL(int, "rename", const char *, const char *)(from, to);
  if (watched(to) && !failed) note('R', from, 0, to, strlen(to));
  return failed;
}
