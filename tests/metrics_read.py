"""Metrics in the text format, as Prometheus' own client reads them: a sample
a line, `name label=value ... value`, sorted; what is wrong ends it."""
import sys
from prometheus_client.parser import text_string_to_metric_families

ONCE = set()
lines = []
for family in text_string_to_metric_families(sys.stdin.buffer.read().decode()):
    if family.name in ONCE:
        sys.exit("the samples of %s are not together" % family.name)
    ONCE.add(family.name)
    if family.type != "gauge" or not family.documentation:
        sys.exit("%s: no TYPE or HELP" % family.name)
    seen = set()
    for sample in family.samples:
        labels = tuple(sorted(sample.labels.items()))
        if labels in seen:
            sys.exit("%s: twice: %s" % (sample.name, labels))
        seen.add(labels)
        lines.append(" ".join([sample.name] + ["%s=%s" % label for label in labels]
            + ["%d" % sample.value]))
print("\n".join(sorted(lines)))
