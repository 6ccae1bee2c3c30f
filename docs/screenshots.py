"""Make the pictures of README and docs again: python docs/screenshots.py (needs chromium and chromium-driver, and the extra ``dev``)."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Write the pictures into ``docs/images``."""
    from browser import address, chromium
    from test_browser import in_notebook
    from test_explorer import extracted, served

    import beritaie
    from beritaie.explore import page, plots

    sample = ROOT / "examples" / "archive" / "sample.jsonl"
    nlp = beritaie.load("rules", not_after="2026-01-01")
    docs = list(nlp.pipe(json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()))
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium(1200, 620) as browser:
        for name, content in (
            ("notebook-light", in_notebook(docs[0])),
            ("notebook-dark", in_notebook(docs[0], "false")),
            ("page", page.render(docs[0])),
        ):
            file = Path(folder) / f"{name}.html"
            file.write_text(content, encoding="utf-8")
            browser.get(address(file))
            browser.save_screenshot(str(IMAGES / f"{name}.png"))
        with served(extracted(sample, Path(folder))) as url:
            browser.get(url + "?kind=money&least=1000000000")
            browser.save_screenshot(str(IMAGES / "explorer.png"))
    plots.money(docs).save(IMAGES / "money.png")
    plots.network(docs).save(IMAGES / "network.png")


if __name__ == "__main__":
    main()
