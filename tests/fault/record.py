"""Records what a program does to a store's files, by strace: a list of
operations on files as such (a number each, whatever they are called) and on
the names in folders."""

import os
import re

from kit import Broken, need

CALLS = ("openat,openat2,creat,write,pwrite64,lseek,fsync,fdatasync,ftruncate,rename,renameat,"
         "renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,rmdir,copy_file_range,sendfile,"
         "writev,pwritev,fallocate")
UNKNOWN = ("link", "linkat", "copy_file_range", "sendfile", "writev", "pwritev", "fallocate")
CALL = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?$")
ARGUMENT = re.compile(r'"(?:[^"\\]|\\.)*"|\{[^}]*\}|[^,{"]+(?:<[^>]*>)?')


class Operation:
    """kind: data (write, at an offset), size (truncate), name (a name now is
    this file), gone (a name is none now), folder, sync (file or folder), ack."""

    def __init__(self, kind, path="", file=None, offset=0, data=b"", old=None, grows=False):
        self.kind, self.path, self.file = kind, path, file
        self.offset, self.data, self.old, self.grows = offset, data, old, grows

    def __repr__(self):
        return "%s %s%s" % (self.kind, self.path, " %d@%d" % (len(self.data), self.offset)
                            if self.kind == "data" else "")


def unescape(text):
    return bytes.fromhex(text.replace("\\x", ""))


class Recorder:
    """Follows names and sizes while commands run, one after the other."""

    def __init__(self, store):
        self.store = str(store)
        self.operations = []
        self.names = {}       # path: number of the file
        self.sizes = {}
        self.at = {}          # descriptor: place of the next write
        for folder, _, found in os.walk(self.store):
            for name in found:
                path = os.path.join(folder, name)
                self.names[self.below(path)] = len(self.sizes)
                self.sizes[len(self.sizes)] = os.path.getsize(path)
        self.base = dict(self.names)

    def follow(self, first, operations, state):
        """Goes on where another was cut short, on a store in that state."""
        self.operations, self.base = list(operations), first.base
        self.names = dict(state.names)
        self.sizes = {file: len(data) for file, data in state.data.items()}
        for file in range(len(first.sizes)):
            self.sizes.setdefault(file, 0)
        return self

    def below(self, path):
        path = os.path.normpath(path)
        if path == self.store:
            return "."
        return path[len(self.store) + 1:] if path.startswith(self.store + "/") else None

    def add(self, *args, **more):
        self.operations.append(Operation(*args, **more))

    def run(self, bench, command, text=b"", acknowledged=None):
        """Runs and records; what was acknowledged is an operation of its own."""
        log = bench.scratch / ("strace-%d" % os.getpid())
        strace = ["strace", "-f", "-y", "-xx", "-s", "4000000", "-o", log, "-e", "trace=" + CALLS]
        done = bench.run(self.store, command, text, before=strace)
        need(done.status == 0, "recording %s" % (command,), done)
        self.at.clear()
        for line in log.read_text().splitlines():
            part = CALL.match(line)
            if part and int(part[3]) >= 0:
                args = [one.strip() for one in ARGUMENT.findall(part[2])]
                self.call(part[1], [arg for arg in args if arg], int(part[3]))
        log.unlink()
        if acknowledged is not None:
            self.add("ack", data=acknowledged)
        return done

    def path_of(self, folder, name):
        name = unescape(name.strip('"')).decode()
        at = re.match(r"(?:-?\d+|AT_FDCWD)<(.*)>", folder)
        return self.below(os.path.join(unescape(at[1]).decode() if at else os.getcwd(), name))

    def file_of(self, argument):
        """(descriptor, path below the store or None) of 5</path>."""
        part = re.match(r"(\d+)<(.*)>", argument)
        if not part:
            return None, None
        path = unescape(part[2]).decode() if part[2].startswith("\\x") else part[2]
        return int(part[1]), self.below(path)

    def call(self, name, args, result):
        if name in UNKNOWN:
            if any(self.file_of(arg)[1] for arg in args):
                raise Broken("record.py does not know " + name)
            return
        if name in ("rename", "unlink", "mkdir", "creat", "rmdir"):
            args = [arg for one in args for arg in (
                ("AT_FDCWD", one) if one.startswith('"') else (one,))]
            name = {"unlink": "unlinkat", "mkdir": "mkdirat", "creat": "openat",
                    "rename": "renameat", "rmdir": "unlinkat"}[name]
        getattr(self, "on_" + name.replace("renameat2", "renameat").replace(
            "openat2", "openat"))(args, result)

    def on_openat(self, args, result):
        path, flags = self.path_of(args[0], args[1]), args[2]
        self.at[result] = 0
        if path is None or "O_TMPFILE" in flags:
            return
        if path not in self.names:
            if "O_CREAT" not in flags:
                return
            self.names[path] = len(self.sizes)
            self.sizes[self.names[path]] = 0
            self.add("name", path, self.names[path])
        elif "O_TRUNC" in flags:
            self.truncate(path, 0)
        if "O_APPEND" in flags:
            self.at[result] = None

    def truncate(self, path, size):
        self.sizes[self.names[path]] = size
        self.add("size", path, self.names[path], size)

    def on_ftruncate(self, args, result):
        path = self.file_of(args[0])[1]
        if path in self.names:
            self.truncate(path, int(args[1]))

    def write(self, path, offset, data):
        file = self.names[path]
        grows = offset + len(data) > self.sizes[file]
        self.sizes[file] = max(self.sizes[file], offset + len(data))
        self.add("data", path, file, offset, data, grows=grows)

    def on_pwrite64(self, args, result):
        path = self.file_of(args[0])[1]
        if path in self.names:
            self.write(path, int(args[3]), unescape(args[1].strip('"'))[:result])

    def on_write(self, args, result):
        descriptor, path = self.file_of(args[0])
        if path not in self.names:
            return
        at = self.at.get(descriptor, 0)
        at = self.sizes[self.names[path]] if at is None else at
        self.write(path, at, unescape(args[1].strip('"'))[:result])
        if self.at.get(descriptor, 0) is not None:
            self.at[descriptor] = at + result

    def on_lseek(self, args, result):
        descriptor = self.file_of(args[0])[0]
        if descriptor is not None and self.at.get(descriptor, 0) is not None:
            self.at[descriptor] = result

    def on_fsync(self, args, result):
        path = self.file_of(args[0])[1]
        if path is not None:
            self.add("sync", path, self.names.get(path))

    on_fdatasync = on_fsync

    def on_renameat(self, args, result):
        old, new = self.path_of(args[0], args[1]), self.path_of(args[2], args[3])
        if old in self.names and new is not None:
            self.names[new] = self.names.pop(old)
            self.add("name", new, self.names[new], old=old)

    def on_unlinkat(self, args, result):
        path = self.path_of(args[0], args[1])
        if self.names.pop(path, None) is not None:
            self.add("gone", path)

    def on_mkdirat(self, args, result):
        path = self.path_of(args[0], args[1])
        if path is not None:
            self.add("folder", path)
