"""Starts Rasa's server for one installation: loopback only, its token read from a file.

    python -m nlu.serve MODEL --port 5005 --token-file var/rasa.token

The token would be seen by everybody on the machine if it stood on the command line (`rasa run --auth-token`).
"""

import argparse
import os
import sys
import warnings
from pathlib import Path

import yaml

from nlu.model_file import ModelFileError, check_model
from nlu.without_tensorflow import leave_out_tensorflow

# The start-up chatter of TensorFlow (see --tensorflow) and SQLAlchemy is of no use here.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ["RASA_TELEMETRY_ENABLED"] = "false"  # whatever the machine says: nothing is told to anybody
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("SANIC_BACKLOG", "256")


_FAULT = 2
"""The exit status by which the supervisor knows that a person must do something first (heard/supervisor.py)."""


def main() -> None:
    """Hands over to Rasa's own command line."""
    parser = argparse.ArgumentParser(description="Heard's Rasa server")
    parser.add_argument("model", type=Path, help="the trained model, a .tar.gz")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--actions-port", type=int, default=5055)
    parser.add_argument("--token-file", type=Path, required=True)
    parser.add_argument("--actions-token-file", type=Path, required=True)
    parser.add_argument("--endpoints", type=Path, default=Path("endpoints.yml"))
    parser.add_argument("--credentials", type=Path, default=Path("credentials.yml"))
    parser.add_argument(
        "--tensorflow", action="store_true", help="for a pipeline that uses it: twice the time and memory"
    )
    asked = parser.parse_args()
    try:
        check_model(asked.model)
    except ModelFileError as error:
        print(f"heard: {error}", file=sys.stderr)
        sys.exit(_FAULT)
    token = asked.token_file.read_text(encoding="ascii").strip()
    sys.argv = [
        "rasa",
        "run",
        "--enable-api",
        "--interface",
        "127.0.0.1",
        "--port",
        str(asked.port),
        "--model",
        str(asked.model),
        "--endpoints",
        str(_with_port(asked.endpoints, asked.actions_port, asked.actions_token_file)),
        "--credentials",
        str(asked.credentials),
        # One argument: a token may begin with a dash, and would be taken for another option.
        f"--auth-token={token}",
        "--log-file",
        os.devnull,
        "--quiet",
    ]
    # Rasa's packages warn of their own age by the screenful, and Rasa sets the filters anew.
    warnings.showwarning = lambda *_args, **_kwargs: None
    if not asked.tensorflow:
        leave_out_tensorflow()
    from rasa.__main__ import main as rasa

    from nlu.lean_rasa import make_lean
    from nlu.tokens_of_calls import ask_for

    make_lean()
    ask_for(token)
    rasa()


def _with_port(endpoints: Path, port: int, token_file: Path) -> Path:
    """The endpoints file with the action server's port and token file in it, written beside the token."""
    plain = yaml.safe_load(endpoints.read_text(encoding="utf-8"))
    plain["action_endpoint"]["url"] = f"http://127.0.0.1:{port}/webhook"
    plain["action_endpoint"]["token_file"] = str(token_file.resolve())
    written = token_file.with_name("endpoints.yml")
    written.write_text(yaml.safe_dump(plain), encoding="utf-8")
    return written


if __name__ == "__main__":
    main()
