"""Run the pipeline over a gold set and score it.

python benchmarks/gold.py dev                        # all figures
python benchmarks/gold.py dev --errors money.value   # what one figure missed and got wrong
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import beritaie

GOLD = Path(__file__).resolve().parents[1].parent / "shared" / "gold"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["dev", "train"])
    parser.add_argument("--errors", metavar="FIGURE")
    parser.add_argument("--model", default="rules")
    options = parser.parse_args()
    nlp = beritaie.load(options.model)
    gold = GOLD / f"{options.set}.jsonl"
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as out:
        for row in map(json.loads, gold.open(encoding="utf-8")):
            out.write(nlp(row["text"], id=row["id"], published=row["published"]).to_json() + b"\n")
        out.flush()
        command = [sys.executable, str(GOLD / "score.py"), str(gold), out.name]
        return subprocess.run(command + (["--errors", options.errors] if options.errors else []), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
