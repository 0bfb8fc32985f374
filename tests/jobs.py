#!/usr/bin/env python3
"""What stands in the pieces of scripts/jobs, read strictly:

    jobs.py crontab FILE     NAME=VALUE lines, then a line of the command a job
    jobs.py steps FILE       the shell of a GitHub or GitLab job, a NUL after each
    jobs.py rules FILE       the expressions of Prometheus alerts
    jobs.py nagios FILE      the command line of each service, arguments put in
"""

import re
import sys

FIELDS = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]


def fail(what):
    sys.exit("jobs.py: %s: %s" % (sys.argv[2], what))


def check_field(text, least, most):
    """*, */N, N, N-M, N-M/K, and lists of these."""
    for part in text.split(","):
        found = re.fullmatch(r"(\*|\d+(?:-\d+)?)(?:/(\d+))?", part)
        if not found:
            fail("no field of a crontab: %s" % text)
        numbers = [int(n) for n in re.findall(r"\d+", found.group(1))]
        if numbers != sorted(numbers) or any(not least <= n <= most for n in numbers):
            fail("out of range: %s" % text)
        if found.group(2) and not 1 <= int(found.group(2)) <= most:
            fail("no step: %s" % text)


def crontab(lines):
    settings, jobs = [], []
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        if re.match(r"[A-Z_]+=", line):
            if jobs:
                fail("a setting behind a job: %s" % line)
            settings.append(line)
            continue
        fields = line.split(None, 5)
        if len(fields) != 6:
            fail("no job: %s" % line)
        for text, (least, most) in zip(fields, FIELDS):
            check_field(text, least, most)
        if "%" in fields[5]:
            fail("%% is a newline to cron: %s" % line)
        jobs.append(fields[5])
    print("\n".join(settings + jobs))


def load(text):
    import yaml
    return yaml.safe_load(text)


def steps(text):
    found = load(text)
    jobs = found["jobs"].values() if "jobs" in found else found.values()
    for job in jobs:
        shell = [step["run"] for step in job.get("steps", []) if "run" in step]
        for part in [*shell, *job.get("before_script", []), *job.get("script", [])]:
            sys.stdout.write(part.rstrip("\n") + "\0")


def rules(text):
    for group in load(text)["groups"]:
        for rule in group["rules"]:
            if not {"alert", "expr", "annotations"} <= rule.keys():
                fail("no alert: %r" % rule)
            print(rule["expr"])


def objects(text):
    """[(type, {name: value})] of a Nagios configuration, and nothing else."""
    text = re.sub(r"^[#;].*$", "", text, flags=re.M)
    block = re.compile(r"\s*define\s+(\w+)\s*\{\n((?:[ \t]+\w+[ \t]+\S.*\n)+)\}")
    found, at = [], 0
    while text[at:].strip():
        match = block.match(text, at)
        if not match:
            fail("no definition: %s" % text[at:at + 40])
        found.append((match.group(1), dict(
            line.split(None, 1) for line in match.group(2).splitlines())))
        at = match.end()
    return found


def nagios(text):
    found = objects(text)
    commands = {o["command_name"]: o["command_line"] for kind, o in found
                if kind == "command"}
    for kind, service in found:
        if kind != "service":
            continue
        name, *arguments = service["check_command"].split("!")
        line = commands[name]
        for i, argument in enumerate(arguments, 1):
            line = line.replace("$ARG%d$" % i, argument)
        if "$" in line:
            fail("an argument is missing: %s" % line)
        print(line)


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        text = file.read()
    if sys.argv[1] == "crontab":
        crontab(text.splitlines())
    else:
        {"steps": steps, "rules": rules, "nagios": nagios}[sys.argv[1]](text)


main()
