"""The real store and its programs; its log, read as esc-store(5) says."""

import json
import os
import subprocess

from business_time import instant
from store import Line

TAIL = 72       # bytes behind the data: ,"h":"<64 digits>"}


class Real:
    def __init__(self, programs, folder, policies):
        self.programs, self.folder = programs, folder
        self.store = os.path.join(folder, "store")
        self.environment = {
            "PATH": programs + ":/usr/bin:/bin", "HOME": policies,
            "TZ": "UTC", "LC_ALL": "C", "ESC_POLICY_PATH": policies,
            "ESC_USER": "ann", "ESC_STORE": self.store,
            "ESC_BLOBS": os.path.join(folder, "blobs")}

    def run(self, *words, text=b""):
        """(status, stdout, stderr); a status of 126 or more is a crash."""
        done = subprocess.run(words, input=text, env=self.environment,
                              capture_output=True, check=False)
        if done.returncode < 0 or done.returncode >= 126 \
                or done.returncode == 70:
            raise AssertionError("%s: status %d: %s" % (
                " ".join(words), done.returncode, done.stderr.decode()))
        return done.returncode, done.stdout, done.stderr.decode()

    def good(self, *words, text=b""):
        status, out, errors = self.run(*words, text=text)
        if status != 0:
            raise AssertionError("%s: status %d: %s" % (
                " ".join(words), status, errors))
        return out

    def rejected(self):
        """The ids in the reject file."""
        with open(os.path.join(self.folder, "rejected"), "rb") as file:
            return [json.loads(line)["record"]["id"] for line in file]

    def lines(self, after=0):
        """The log's lines behind that seq, each with the bytes of its data."""
        log = os.path.join(self.store, "log")
        found = []
        for name in sorted(os.listdir(log)):
            with open(os.path.join(log, name), "rb") as file:
                found += [read_line(line) for line in file]
        return [line for line in found if line.seq > after]


def read_line(line):
    line = line.rstrip(b"\n")
    start = line.index(b',"data":', line.index(b',"salt":"')) + 8
    head = json.loads(line)
    return Line(head["seq"], instant(head["at"]), head["id"], head["rev"],
                line[start:-TAIL])
