"""Runs every job by esc, by jq and by a plain jansson loop, in turn, on the
same bytes; checks that all gave the same answer; prints medians of
user+system time, and ratios, which alone mean anything on a shared machine."""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
NOW = "2026-11-21T12:00:00Z"
STAMP = '{at:"%s",by:"t",type:"%%s"%%s}' % NOW
WRITE = ["--now", NOW, "--by", "t"]


def append(kind, more=""):
    return ".events += [%s]" % (STAMP % (kind, more))


CHECK = """
("%s" | fromdateiso8601) as $now
| .sla = {at: "%s", verdict: ([.clocks[] | select(.state == "running")
    | if $now > (.limit_at | fromdateiso8601) then 2
      elif $now > (.target_at | fromdateiso8601) then 1 else 0 end]
  | max | ["ok", "risk", "breached"][. // 0])}""" % (NOW, NOW)

# What both must agree on, of a record of either.
EVENTS = "[.id, .state, (.events | map([.at, .by, .type, .text])), .x_fee]"
JOBS = [
    # name, kind of data, esc, jq, plain, what is compared
    ("esc-note", "escalated", ["esc-note", "-m", "hello", *WRITE],
     append("noted", ',text:"hello"'), "note", "."),
    ("esc-triage --ack", "submitted", ["esc-triage", "--ack", *WRITE],
     append("acknowledged") + ' | .state = "acknowledged"', "ack", "."),
    ("esc-promote --auto", "escalated", ["esc-promote", "--auto", *WRITE],
     append("promoted") + " | .tier += 1", "promote", "[.tier, %s]" % EVENTS),
    ("esc-sla-check", "escalated", ["esc-sla-check", "--now", NOW],
     CHECK, "check", "[.sla.verdict, %s]" % EVENTS),
    ("esc-pick", "escalated", ["esc-pick", "--where", "x_visits<5"],
     "select(.x_visits < 5)", "pick", "."),
]


def make(programs, folder, kind, n):
    """The data, folded, so that its derived fields are true."""
    path = folder / ("%s-%d" % (kind, n))
    if not path.exists():
        with open(path, "wb") as out:
            made = subprocess.Popen([sys.executable, HERE / "data.py", kind, str(n)],
                                    stdout=subprocess.PIPE)
            subprocess.run([programs / "esc-fold", "--now", NOW], stdin=made.stdout, stdout=out,
                           check=True)
            if made.wait():
                sys.exit("data.py failed")
    return path


def timed(argv, source, sink):
    """(user+system seconds, peak memory in MiB), as time(1) sees them: from
    here the peak would be this program's own."""
    figures = sink.with_suffix(".time")
    with open(source, "rb") as stdin, open(sink, "wb") as stdout:
        subprocess.run(["time", "-o", figures, "-f", "%U %S %M", *argv], stdin=stdin,
                       stdout=stdout, check=True)
    user, system, peak = figures.read_text().split()
    return float(user) + float(system), int(peak) / 1024


def answers(path, of):
    done = subprocess.run(["jq", "-Sc", of, path], stdout=subprocess.PIPE, check=True)
    return done.stdout


def job(args, folder, name, kind, commands, of):
    source = make(args.bin, folder, kind, args.records)
    times = {side: [] for side in commands}
    for _ in range(args.rounds):
        for side, argv in commands.items():
            times[side].append(timed(argv, source, folder / side)[0])
    want = answers(folder / "esc", of)
    for side in commands:
        if answers(folder / side, of) != want:
            sys.exit("%s: %s gave another answer" % (name, side))
    small = make(args.bin, folder, kind, args.records // 10)
    peak = [timed(commands["esc"], path, folder / "esc")[1] for path in (small, source)]
    return {side: statistics.median(seen) for side, seen in times.items()}, peak


def main():
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--bin", type=pathlib.Path, required=True)
    parse.add_argument("--plain", required=True, help="the jansson loop, built")
    parse.add_argument("--records", type=int, default=100000)
    parse.add_argument("--rounds", type=int, default=5)
    args = parse.parse_args()
    print("| job | esc | jq | plain jansson | of jq | of jansson | memory at 1/10, all |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, kind, esc, jq, plain, of in JOBS:
            commands = {"esc": [args.bin / esc[0], *esc[1:]], "jq": ["jq", "-c", jq],
                        "plain": [args.plain, plain, NOW]}
            median, peak = job(args, pathlib.Path(folder), name, kind, commands, of)
            print("| %s | %.2f s | %.2f s | %.2f s | 1/%.1f | 1/%.1f | %.1f, %.1f MiB |" % (
                name, median["esc"], median["jq"], median["plain"], median["jq"] / median["esc"],
                median["plain"] / median["esc"], *peak), flush=True)


if __name__ == "__main__":
    main()
