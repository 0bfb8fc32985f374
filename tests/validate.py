#!/usr/bin/env python3
"""validate.py SCHEMA [FILE...]: checks lines of JSON against a JSON Schema
(draft 2020-12); a line a fault: file:line: place: what.  0, or 1 with faults."""

import fileinput
import json
import sys

from jsonschema import Draft202012Validator


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    bad = 0
    with fileinput.input(sys.argv[2:], encoding="utf-8") as lines:
        for line in lines:
            for fault in validator.iter_errors(json.loads(line)):
                place = "/".join(str(part) for part in fault.absolute_path)
                print(f"{lines.filename()}:{lines.filelineno()}: {place}: {fault.message[:200]}")
                bad = 1
    return bad


sys.exit(main())
