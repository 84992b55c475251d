"""`make nlu-report`: today's model on both sets of messages, beside stock Rasa trained on the same data."""

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

from heard.training import model_path, rasa_python

ROOT = Path(__file__).parents[2]
STOCK = Path(__file__).parent / "stock" / "config.yml"
SETS = ("validation.yml", "unseen.yml")


def main() -> None:
    """Prints a report for each set; the picture of the first lies in var/."""
    parser = argparse.ArgumentParser(description="How well messages are understood.")
    parser.add_argument("--no-stock", action="store_true", help="without the yardstick, which is trained for long")
    parser.add_argument("--mistakes", action="store_true", help="also print what was misread in the validation set")
    chosen = parser.parse_args()
    ours = model_path(ROOT, ROOT / "models")
    for name in SETS:
        command = [str(rasa_python(ROOT)), "-m", "tests.nlu.report", str(ours)]
        command += ["--set", str(Path(__file__).parent / name)]
        command += ["--picture", str(ROOT / "var" / f"confusions-{Path(name).stem}.svg")]
        command += [] if chosen.no_stock else ["--beside", str(stock_model(ours))]
        command += ["--mistakes"] if chosen.mistakes and name == SETS[0] else []
        subprocess.run(command, cwd=ROOT, check=True)


def stock_model(ours: Path) -> Path:
    """Stock Rasa's model of today's data, trained if it is not there."""
    digest = hashlib.sha256(ours.stem.encode() + STOCK.read_bytes()).hexdigest()[:16]
    model = ROOT / "models" / f"stock-nlu-{digest}.tar.gz"
    if not model.exists():
        print("training the yardstick, stock Rasa: some ten minutes ...", file=sys.stderr, flush=True)
        command = [str(rasa_python(ROOT)), "-m", "rasa", "train", "nlu", "--config", str(STOCK), "--nlu", "data"]
        command += ["--out", str(model.parent), "--fixed-model-name", model.name]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"stock Rasa could not be trained:\n{(done.stdout + done.stderr)[-3000:]}")
    return model


if __name__ == "__main__":
    main()
