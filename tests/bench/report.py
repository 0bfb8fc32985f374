#!/usr/bin/env python3
"""esc-report on a stream beside Miller, DuckDB and a plain Python program,
and a month of a store by what it needs beside all of it.  Prints two tables
of medians.

    report.py --bin BIN --folder DIR [--records 100000] [--rounds 5]
              [--stores 10000,100000,1000000] [--duckdb NODE_MODULES]

--duckdb: the folder node_modules into which `npm install @duckdb/node-api`
put it; without it there is no DuckDB.  The first table's others count the limits that were
kept and passed by month and tier and the 50th, 90th and 95th percentile by
tier, which esc-report does among all its figures; that all agree is checked.
DIR needs about 4 kB a record of the largest store, and is emptied afterwards.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
NOW = "2026-11-20T17:00:00Z"
MONTH = "2026-10"
BATCH = 50000
PERCENTS = (50, 90, 95)

MILLER = """
for (c in $clocks) {
  if (c["clock"] == "tier" && (c["state"] == "met" || c["state"] == "missed")) {
    stop = strptime(c["stopped_at"], "%Y-%m-%dT%H:%M:%SZ");
    at = c["state"] == "met" ? stop
      : strptime(c["limit_at"], "%Y-%m-%dT%H:%M:%SZ") + 1;
    @n[strftime(at, "%Y-%m")][c["tier"]][c["state"]] += 1;
    @s[c["tier"]][NR . "," . c["cycle"]]
      = stop - strptime(c["started_at"], "%Y-%m-%dT%H:%M:%SZ");
  }
}
end {
  for (tier, s in @s) {
    v = sort(get_values(s), "n");
    for (p in [50, 90, 95]) {
      @p[tier][p] = v[(length(v) * p + 99) // 100];
    }
  }
  emit1 mapsum({"n": @n}, {"p": @p});
}
"""

# modules, file, bounds, and whether a table is made of the file first.
DUCKDB = """
const [, modules, file, from, to, table] = process.argv;
const { DuckDBInstance } = require(modules + '/@duckdb/node-api');
const read = `read_json('${file}', format = 'newline_delimited', columns = { clocks:
  'STRUCT(clock VARCHAR, tier BIGINT, state VARCHAR, started_at TIMESTAMP,
  stopped_at TIMESTAMP, limit_at TIMESTAMP)[]' })`;
const sql = `WITH c AS (SELECT unnest(clocks) AS c FROM ${table ? 'cases' : read}),
  d AS MATERIALIZED (SELECT c.tier AS tier, c.state AS state, c.stopped_at AS stop,
  epoch(c.stopped_at) - epoch(c.started_at) AS s, CASE c.state WHEN 'met'
  THEN c.stopped_at ELSE c.limit_at + INTERVAL 1 SECOND END AS told
  FROM c WHERE c.clock = 'tier' AND c.state IN ('met', 'missed'))
  SELECT strftime(told, '%Y-%m') AS month, tier, state, count(*)::INT, NULL FROM d
  WHERE told >= '${from}' AND stop < '${to}' GROUP BY ALL UNION ALL
  SELECT NULL, tier, NULL, NULL, quantile_disc(s, [0.5, 0.9, 0.95]) FROM d
  WHERE stop >= '${from}' AND stop < '${to}' GROUP BY tier`;
(async () => {
  const db = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await db.run("SET TimeZone = 'UTC'");
  if (table) await db.run(`CREATE TABLE cases AS SELECT * FROM ${read}`);
  const took = [];
  let rows;
  for (let i = 0; i < Number(table || 1); i++) {
    const began = process.hrtime.bigint();
    rows = (await db.runAndReadAll(sql)).getRowsJson();
    took.push(Number(process.hrtime.bigint() - began) / 1e9);
  }
  const answer = { n: {}, p: {}, took: took.sort((a, b) => a - b)[took.length >> 1] };
  for (const [month, tier, state, n, p] of rows) {
    if (month === null) answer.p[tier] = { 50: p[0], 90: p[1], 95: p[2] };
    else ((answer.n[month] ??= {})[tier] ??= {})[state] = n;
  }
  console.log(JSON.stringify(answer));
})();
"""

PYTHON = r"""
import calendar, json, sys, time
def at(text): return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))
n, s = {}, {}
for line in sys.stdin:
    for c in json.loads(line).get("clocks", ()):
        if c["clock"] != "tier" or c["state"] not in ("met", "missed"): continue
        stop = at(c["stopped_at"])
        end = stop if c["state"] == "met" else at(c["limit_at"]) + 1
        row = n.setdefault(time.strftime("%Y-%m", time.gmtime(end)), {}).setdefault(c["tier"], {})
        row[c["state"]] = row.get(c["state"], 0) + 1
        s.setdefault(c["tier"], []).append(stop - at(c["started_at"]))
for v in s.values(): v.sort()
print(json.dumps({"n": n, "p": {t: {p: v[-(-len(v) * p // 100) - 1] for p in (50, 90, 95)}
                                for t, v in s.items()}}))
"""


def environment(options, **more):
    return {**os.environ, "TZ": "UTC", "LC_ALL": "C", "ESC_NOW": NOW,
            "PATH": "%s:%s" % (options.bin, os.environ["PATH"]), **more}


def work():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def once(command, names, source=subprocess.DEVNULL):
    """(stdout, wall, processor seconds) of one run."""
    before, began = work(), time.perf_counter()
    done = subprocess.run(command, env=names, check=True, stdin=source,
                          stdout=subprocess.PIPE)
    return done.stdout, time.perf_counter() - began, work() - before


def data(options, records):
    """Lives of cases, folded, as a stream."""
    names = environment(options)
    made = subprocess.Popen([sys.executable, HERE / "data.py", "ended", str(records)],
                            stdout=subprocess.PIPE)
    return subprocess.Popen(["esc-fold"], env=names, stdin=made.stdout,
                            stdout=subprocess.PIPE)


def duckdb(options, path, begin, end, table=""):
    """Its own time is that of the query.  table: made first, asked so often."""
    return ["node", "-e", DUCKDB, str(options.duckdb), str(path), begin, end, table]


# The stream.

def of_report(text):
    """What the others say, as esc-report's document has it."""
    document = json.loads(text)
    counts, percents = {}, {}
    for row in document["months"]:
        if row["clock"] == "tier" and row["met"] + row["missed"]:
            counts.setdefault(row["month"], {})[str(row["tier"])] = {
                name: row[name] for name in ("met", "missed") if row[name]}
    for row in document["times"]:
        if row["measure"] == "tier":
            percents[str(row["tier"])] = {
                str(p): row["gross"]["p%d" % p] for p in PERCENTS}
    return {"n": counts, "p": percents}


def agree(name, want, got):
    """The same counts; percentiles within 1 %, never below."""
    near = all(int(got["p"][tier][p]) <= value <= int(got["p"][tier][p]) * 1.01
               for tier, row in want["p"].items() for p, value in row.items())
    if want["n"] != got["n"] or want["p"].keys() != got["p"].keys() or not near:
        sys.exit("report.py: %s gave another answer" % name)


def stream(options):
    path = options.folder / "stream"
    with open(path, "wb") as out:
        shutil.copyfileobj(data(options, options.records).stdout, out)
    jobs = {"esc-report": ["esc-report", "--format", "json", "--tz", "UTC"],
            "Miller": ["mlr", "--ijsonl", "--ojson", "put", "-q", MILLER],
            "Python, json": [sys.executable, "-c", PYTHON]}
    if options.duckdb:
        jobs["DuckDB, 2 threads"] = duckdb(options, path, "0001-01-01", "9999-01-01")
    seen = {name: [] for name in jobs}
    names = environment(options)
    for _ in range(options.rounds):
        for name, command in jobs.items():
            with open(path, "rb") as source:
                text, wall, used = once(command, names, source)
            answer = json.loads(text)
            if name == "esc-report":
                want = of_report(text)
            else:
                agree(name, want, answer[0] if isinstance(answer, list) else answer)
                wall = answer["took"] if "DuckDB" in name else wall
            seen[name].append((wall, used))
    path.unlink()
    print("| %s records | wall | processor | of esc-report, wall |" %
          format(options.records, ","))
    print("| --- | --- | --- | --- |")
    middle = {name: [statistics.median(each) for each in zip(*times)]
              for name, times in seen.items()}
    for name, (wall, used) in middle.items():
        print("| %s | %.2f s | %.2f s | %.1f x |" % (
            name, wall, used, wall / middle["esc-report"][0]), flush=True)


# Stores.

def fill(options, records, names):
    subprocess.run(["esc-store", "init"], env=names, check=True)
    lines = data(options, records).stdout
    while batch := b"".join(line for _, line in zip(range(BATCH), lines)):
        subprocess.run(["esc-commit"], env=names, check=True, input=batch)


def beside(options, names, document):
    """The same month of a DuckDB table, in seconds; None without DuckDB."""
    if not options.duckdb:
        return None
    path, bounds = options.folder / "cases", document["period"]
    with open(path, "wb") as out:
        subprocess.run(["esc-cat", "--all"], env=names, check=True, stdout=out)
    answer = json.loads(once(duckdb(options, path, bounds["from"][:19], bounds["to"][:19],
                                    str(options.rounds)), names)[0])
    path.unlink()
    agree("DuckDB", of_report(json.dumps(document)), answer)
    return answer["took"]


def store(options, records):
    names = environment(options, ESC_STORE=str(options.folder / "store"))
    fill(options, records, names)
    report = ["esc", "report", "--month", MONTH, "--tz", "UTC", "--format", "json"]
    jobs = {"needed": report, "all": [*report, "--all"]}
    seen, answers = {name: [] for name in jobs}, {}
    for _ in range(options.rounds):
        for name, command in jobs.items():
            answers[name], *took = once(command, names)
            seen[name].append(took)
    if answers["needed"] != answers["all"]:
        sys.exit("report.py: --since leaves out what counts")
    read = once(["esc-cat", "--since", MONTH + "-01T00:00:00Z", "--ids"], names)[0]
    took = beside(options, names, json.loads(answers["all"]))
    shutil.rmtree(options.folder / "store")
    print("| %s | %s | %s | %s |" % (
        format(records, ","), format(read.count(b"\n"), ","), " | ".join(
            "%.0f ms, %.0f ms" % tuple(1000 * statistics.median(each)
                                       for each in zip(*seen[name]))
            for name in jobs), "%.0f ms" % (1000 * took) if took else ""), flush=True)


def main():
    parse = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parse.add_argument("--bin", type=pathlib.Path, required=True)
    parse.add_argument("--folder", type=pathlib.Path, required=True)
    parse.add_argument("--records", type=int, default=100000)
    parse.add_argument("--stores", default="10000,100000,1000000")
    parse.add_argument("--rounds", type=int, default=5)
    parse.add_argument("--duckdb", type=pathlib.Path)
    options = parse.parse_args()
    options.bin = options.bin.resolve()
    options.folder = options.folder.resolve() / "bench-report"
    options.folder.mkdir(parents=True)
    try:
        stream(options)
        print("\n| cases in the store | read | esc report, wall and processor "
              "| with --all | DuckDB, a table |\n| --- | --- | --- | --- | --- |")
        for size in options.stores.split(",") if options.stores else ():
            store(options, int(size))
    finally:
        shutil.rmtree(options.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
