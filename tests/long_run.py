"""The long run: as many random plants as asked, the sweep beside both oracles, sharded, and resumed where it stopped.

    python tests/long_run.py --plants 20000 --jobs 2 --seed 1

Every finished shard is one line of `--out`, so a run that is stopped goes on where it was. Each mismatch is kept with
its plant (pickled, and in lines for people) in the folder beside it. The exit code is 1 if anything disagreed.
"""

from __future__ import annotations

import argparse
import copyreg
import itertools
import json
import pickle
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).resolve().parent
for root in ("tests", "twin", "validators", "diagrams"):
    sys.path.insert(0, str(HERE.parent / root))

from oracle.compare import Tally, compare, disagree  # noqa: E402
from oracle.milp_rows import OutOfTime  # noqa: E402
from oracle.plants import by_seed  # noqa: E402
from oracle.shrink import shrunk, told  # noqa: E402

from tierline.twin.model import Twin  # noqa: E402

SHARD = 50
"""Plants in one shard."""
copyreg.pickle(MappingProxyType, lambda empty: (dict, (dict(empty),)))


def of_shard(run: int, shard: int, largest: int) -> Iterator[tuple[int, str, Twin]]:
    """Number, name and plant of each of a shard; larger plants than `largest` elements are passed over."""
    sized = ((name, by_seed(name)) for name in (f"{run}-{shard}-{number}" for number in itertools.count()))
    fitting = (pair for pair in sized if len(pair[1].elements) <= largest)
    for number, (name, twin) in enumerate(itertools.islice(fitting, SHARD)):
        yield number, name, twin


def shard_line(run: int, shard: int, every: int, largest: int, folder: Path) -> dict[str, object]:
    """Compare the plants of one shard; what came of it as plain data."""
    started = time.monotonic()
    tally = Tally()
    wrong: list[str] = []
    for number, name, twin in of_shard(run, shard, largest):
        try:
            found = [str(m) for m in compare(twin, tally, twice=number % every == 0)]
        except OutOfTime as too_large:
            tally.seen[f"left out: {type(too_large).__name__}"] += 1
            continue
        except Exception as bug:
            traceback.print_exc()
            found = [f"{type(bug).__name__}: {bug}"]
        if found:
            wrong += [f"{name}: {text}" for text in found]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.pickle").write_bytes(pickle.dumps(twin))
            (folder / f"{name}.txt").write_text("\n".join([*found, told(twin), ""]))
    seconds = round(time.monotonic() - started, 1)
    return {"run": run, "shard": shard, "largest": largest, "seconds": seconds, "wrong": wrong, **vars(tally)}


def lines_of(out: Path, run: int, largest: int) -> Iterator[dict[str, object]]:
    """Finished shards of this run."""
    for text in out.read_text().splitlines() if out.exists() else ():
        line = json.loads(text)
        if (line["run"], line["largest"]) == (run, largest):
            yield line


def smaller(path: Path) -> int:
    """Shrink one kept plant as long as the same two still disagree on the same removal, and print it."""
    twin = pickle.loads(path.read_bytes())
    first = compare(twin, Tally(), twice=True)[0]
    print(first)
    found = shrunk(twin, lambda other: disagree(other, first))
    print(told(found))
    path.with_suffix(".small.pickle").write_bytes(pickle.dumps(found))
    return 1


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--plants", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--second-every", type=int, default=8, help="ask the second oracle for every nth plant")
    parser.add_argument("--largest", type=int, default=200, help="pass over plants of more elements than this")
    parser.add_argument("--out", type=Path, default=HERE.parent / "build" / "long-run.jsonl")
    parser.add_argument("--shrink", type=Path, metavar="PICKLE", help="make one kept plant smaller instead")
    asked = parser.parse_args()
    if asked.shrink:
        return smaller(asked.shrink)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    folder = asked.out.with_suffix(".plants")
    tally, wrong, started = Tally(), list[str](), time.monotonic()
    done = set()
    shards = range(-(-asked.plants // SHARD))
    with asked.out.open("a") as out, ProcessPoolExecutor(asked.jobs) as pool:
        for line in lines_of(asked.out, asked.seed, asked.largest):
            if line["shard"] in shards:
                done.add(line["shard"])
                _count(line, tally, wrong)
        settings = (asked.second_every, asked.largest, folder)
        waiting = [pool.submit(shard_line, asked.seed, s, *settings) for s in shards if s not in done]
        for ended in as_completed(waiting):
            line = ended.result()
            out.write(json.dumps(line) + "\n")
            out.flush()
            _count(line, tally, wrong)
            ran = f"{time.monotonic() - started:.0f} s"
            print(f"{tally.seen['plants']} plants, {len(wrong)} wrong, {ran}", file=sys.stderr)
    print(tally)
    print(f"mismatches: {len(wrong)}", *wrong, sep="\n")
    return 1 if wrong else 0


def _count(line: dict[str, object], tally: Tally, wrong: list[str]) -> None:
    found = Tally()
    for name in ("seen", "pairs", "doubled", "unsure"):
        getattr(found, name).update(line[name])
    tally.add(found)
    wrong += line["wrong"]  # type: ignore[operator]


if __name__ == "__main__":
    sys.exit(main())
