#!/usr/bin/python3
"""Generated cases on stdout, a record a line, and the policies that they
need in a folder.

    emit.py FOLDER SEED COUNT
"""

import sys

import make_policies
from compare import FAMILIES
from generate import Generator
from policy import Policies
from programs import lines_of


def main():
    folder, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    make_policies.write(folder, seed, FAMILIES)
    make_policies.write_builtin(folder)
    generator = Generator(Policies(folder), seed)
    for number in range(count):
        sys.stdout.buffer.write(lines_of([generator.record(number)]))


if __name__ == "__main__":
    main()
