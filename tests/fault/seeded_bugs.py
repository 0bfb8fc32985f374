"""P15: the bugs, each a change of one text in one file, the check that should
find it and how much of it is enough."""

import collections

Bug = collections.namedtuple("Bug", "name file old new check share match", defaults=[""])

POWER, KILL, ERROR = "P1 simulated power cut", "P2 kill at every call", "P3 error at every call"
TAILS, SYNC, HISTORY = "P2 torn tails", "P4 a failed sync is not tried again", "P5 compare and set"
ALTER, INDEX, ERASE = "P7 altered bytes", "P11 damaged and stale index", "P14 erasure"
CSV = "tests/cmd/80-esc-cat-csv.t"
MANNERS = "P3 full disk, limits, stopped and killed programs"

BUGS = [
    Bug("the log is not synced", "lib/store/append_batch.c",
        "if ((batch->fresh ? fsync(batch->fd) : fdatasync(batch->fd)) != 0)",
        "if (batch->fd < 0)", POWER, 0.2),
    Bug("the folder of a new segment is not synced", "lib/store/append_batch.c",
        'if (!batch->made || store_sync_dir(batch->append->store, "log", err) == 0)',
        "if (batch->n)", POWER, 0.2),
    Bug("HEAD moves before the sync", "lib/store/append_batch.c",
        "\trc = put_lines(&batch, next, ctx, err);\n\tif (rc == 0)\n",
        "\trc = put_lines(&batch, next, ctx, err);\n\tif (rc == 0)\n"
        "\t\trc = flush(&batch, err) ? -1 : head_write(append->store, &append->head,"
        " &batch.end, err);\n\tif (rc == 0)\n", POWER, 0.1),
    Bug("a file is renamed without a sync", "lib/store/store_new.c",
        "if (fsync(new->fd) != 0 || renameat(", "if (renameat(", POWER, 0.3),
    Bug("the folder of a renamed file is not synced", "lib/store/store_new.c",
        "if (fsync(new->parent) != 0) {", "if (new->parent < 0) {", POWER, 0.3),
    Bug("recovery does not write again what it takes in", "lib/store/recover.c",
        "return rc == 0 ? fsync(fd) : -1;", "return rc;", POWER, 0.3),
    Bug("recovery takes in an unfinished batch", "lib/store/recover_walk.c",
        "\t\tif (walk->place == walk->of)\n\t\t\tfinish_batch(walk);",
        "\t\tfinish_batch(walk);", TAILS, 0.2),
    Bug("a short write is taken for a whole one", "lib/store/fd.c",
        "n -= (size_t)wrote;", "n = 0;", ERROR, 1, "batch:short"),
    Bug("an interrupted write is taken for done", "lib/store/fd.c",
        "\t\tif (wrote < 0 && errno == EINTR)\n\t\t\tcontinue;",
        "\t\tif (wrote < 0 && errno == EINTR)\n\t\t\treturn 0;", ERROR, 1, "batch:EINTR"),
    Bug("an error of reading is taken for the end", "lib/store/erase_rewrite.c",
        "\treturn got < 0 ? -1 : 0;", "\treturn 0;", ERROR, 1, "erase:EIO"),
    Bug("a failed sync is tried again", "lib/store/append_batch.c",
        "fdatasync(batch->fd)) != 0)", "fdatasync(batch->fd)) != 0 && fdatasync(batch->fd) != 0)",
        SYNC, 0.5),
    Bug("what was written is not taken back", "lib/store/append_batch.c",
        "\telse if (!over)\n\t\ttake_back(&batch);", "\telse if (batch.n == 0)\n"
        "\t\ttake_back(&batch);", SYNC, 0.5),
    Bug("a lock that others share", "lib/store/lock.c", ".l_type = F_WRLCK,",
        ".l_type = F_RDLCK,", HISTORY, 0.02),
    Bug("readers go on behind HEAD", "lib/store/log_lines.c",
        "lines->limit = segment == lines->to.segment ? lines->to.length : INT64_MAX;",
        "lines->limit = INT64_MAX;", MANNERS, 0.1),
    Bug("the revision is not compared", "lib/domain/merge_line.c",
        "line->rev < 0 || line->rev == stored->rev", "line->rev != 0 || stored->rev",
        HISTORY, 0.02),
    Bug("the chain is not checked", "lib/store/log.c",
        "\treturn span_is(line->h, h);", "\treturn span_is(line->h, h) || line->seq;", ALTER, 0.01),
    Bug("the data is not compared with its hash", "lib/store/log.c",
        "!log->leave_data && !line_data_is_whole(&entry->line)", "false", ALTER, 0.01),
    Bug("an index of another moment is trusted", "lib/store/index.c",
        "\tif (index->at.seq == index->head.seq)\n", "\tif (index->at.seq)\n", INDEX, 0.3),
    Bug("the pages of the index have no checksum", "lib/store/index_vfs.c",
        "\treturn memcmp(page + SUM_AT, sum, sizeof sum) == 0 &&",
        "\treturn page != sum &&", INDEX, 1),
    Bug("nothing says what was erased", "lib/store/erase.c",
        "if (said || say(erase, err) == 0)", "if (said || erase)",
        ERASE, 0.2),
    Bug("what recovery set aside is not erased", "lib/store/erase.c",
        "\t\terase_aside(erase, &count->set_aside, err) == 0 &&\n", "", ERASE, 0.2),
    Bug("an attachment is not erased", "lib/store/erase.c",
        "\t\tremove_blobs(erase, &count->blobs, err) == 0 &&\n", "", ERASE, 0.2),
    Bug("a formula is written to CSV as it is", "lib/cli/csv_out.c", "if (!csv->raw && is_formula(text))",
        "if (csv->raw && is_formula(text))", CSV, 1),
]
