"""P14: erasure.  Markers are planted wherever personal data may stand: form
fields, requester, texts of events, attachments and their names, earlier
revisions, the index, what recovery set aside.  The cases are erased, and no
byte of a marker is left in the folder; the chain holds, other cases stay."""

import json
import pathlib
import random

import cases
from kit import Broken, Figure, keep, need, split

KEPT = "MARKERKEPT"
SEGMENT = 5000


class Planting:
    def __init__(self, bench, store, folder):
        self.bench, self.store, self.folder = bench, store, folder
        self.markers = []

    def marker(self):
        self.markers.append("MARKER%05dX" % len(self.markers))
        return self.markers[-1]

    def form(self, number):
        content = self.marker().encode()
        record, b2 = cases.with_attachment(number, self.marker() + ".pdf", content)
        cases.put_blob(self.folder / "in", content)
        value = json.loads(record)
        value["subject"], value["description"] = self.marker(), "see " + self.marker()
        value["requester"] = {"name": self.marker(), "email": self.marker() + "@example.org"}
        return cases.dump(value)

    def events(self):
        mark = self.marker
        return [
            cases.event("noted", text=mark()),
            cases.event("asked", text=mark()),
            cases.event("answered", text="they say " + mark()),
            cases.event("amended", set={"subject": mark()}, because=mark()),
        ]

    def case(self, number):
        """Two revisions and more, each with texts of its own."""
        commit = ["--blobs", self.folder / "in"]
        self.bench.commit(self.store, [self.form(number)], *commit)
        for event in self.events():
            known = self.bench.want(self.store, ["esc-cat", cases.case_id(number)]).strip()
            self.bench.commit(self.store, [cases.grown(known, event)], *commit)

    def torn_tail(self, number):
        """An unfinished commit of the case, which recovery sets aside."""
        known = self.bench.want(self.store, ["esc-cat", cases.case_id(number)]).strip()
        head = (self.store / "HEAD").read_bytes()
        self.bench.commit(self.store, [cases.noted(known, self.marker() + " " * 200 + "end")])
        last = sorted((self.store / "log").iterdir())[-1]
        last.write_bytes(last.read_bytes()[:-60])
        (self.store / "HEAD").write_bytes(head)
        self.bench.want(self.store, "esc-store recover")


def holders(store, marker):
    return [str(path.relative_to(store)) for path in pathlib.Path(store).rglob("*")
            if marker in str(path.name).encode() or
            (path.is_file() and marker in path.read_bytes())]


def plant(bench, folder, wanted):
    store = bench.new_store(folder / "store", SEGMENT)
    planting = Planting(bench, store, folder)
    numbers = []
    while len(planting.markers) < wanted:
        number = 10 + len(numbers)
        planting.case(number)
        planting.torn_tail(number)
        numbers.append(number)
    bench.commit(store, [cases.case(1, KEPT)])
    bench.want(store, "esc-cat --all")
    return store, planting.markers, numbers


def figures(bench):
    figure = Figure("P14", "erasure", "markers")
    folder = bench.scratch / "erasure"
    folder.mkdir()
    store, markers, numbers = plant(bench, folder, bench.size(100, 1000))
    for marker in markers:
        need(holders(store, marker.encode()), "a marker was not planted", marker)
    before = bench.want(store, ["esc-cat", cases.case_id(1)])
    random.Random(bench.seed).shuffle(numbers)
    for number in numbers:
        bench.want(store, ["esc-store", "erase", "--yes", "-m", "asked for", cases.case_id(number)])
    left = [(marker, where) for marker in markers
            if (where := holders(store, marker.encode()))]
    failures = ["%s is left in %s" % one for one in left]
    try:
        bench.need_clean(store)
        need(bench.want(store, ["esc-cat", cases.case_id(1)]) == before, "another case changed")
        lines = split(bench.want(store, "esc-cat --all"))
        need(len(lines) == len(numbers) + 1, "cases were lost")
        bench.commit(store, [cases.noted(lines[0], "after the erasure")])
    except Broken as why:
        failures.append(str(why))
    if failures:
        failures[0] += "\n    " + keep(bench, folder, figure.name)
    yield figure.count(len(markers), failures).note("%d left", len(left))
