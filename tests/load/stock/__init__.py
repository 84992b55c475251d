"""Stock Rasa (DIET, TED, SQL tracker), trained on the same data: the yardstick for speed."""

import contextlib
import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from heard.training import model_path, rasa_python
from tests.system import ROOT, RunningSystem, free_ports

_HERE = Path(__file__).parent
_QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}


def stock_model() -> Path:
    """The yardstick's model, trained if it is not there for today's data. Takes some minutes."""
    models = ROOT / "models"
    today = model_path(ROOT, models).stem + (_HERE / "config.yml").read_text(encoding="utf-8")
    model = models / f"stock-{hashlib.sha256(today.encode()).hexdigest()[:16]}.tar.gz"
    if not model.exists():
        command = [str(rasa_python(ROOT)), "-m", "rasa", "train", "--config", str(_HERE / "config.yml")]
        command += ["--out", str(models), "--fixed-model-name", model.name]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **_QUIET}, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"stock Rasa could not be trained:\n{(done.stdout + done.stderr)[-3000:]}")
    return model


@contextlib.contextmanager
def stock_rasa(model: Path, system: RunningSystem, folder: Path) -> Iterator[str]:
    """Runs the yardstick beside the action server of a system that is up; gives its address."""
    (port,) = free_ports(1)
    env = {
        **os.environ,
        **_QUIET,
        "HEARD_ACTIONS_PORT": system.environ["HEARD_ACTIONS_PORT"],
        "HEARD_ACTIONS_TOKEN": (system.var / "actions.token").read_text(encoding="ascii").strip(),
        "HEARD_STOCK_TRACKER": str(folder / "tracker.db"),
    }
    command = [str(rasa_python(ROOT)), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
    command += ["--enable-api", "--model", str(model), "--credentials", "credentials.yml"]
    command += ["--endpoints", str(_HERE / "endpoints.yml")]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 180
        while time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{url}/status", timeout=2).status_code == 200:
                    break
            time.sleep(0.3)
        else:
            raise RuntimeError("stock Rasa did not start")
        yield url
    finally:
        process.terminate()
        process.wait(20)
