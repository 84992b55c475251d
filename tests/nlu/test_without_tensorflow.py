"""The server starts without TensorFlow, and says so where something needs it. In processes of their own."""

from __future__ import annotations

import subprocess
import sys

_START = (
    "import warnings; warnings.simplefilter('ignore');"
    "from nlu.without_tensorflow import leave_out_tensorflow; leave_out_tensorflow();"
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _START + code], capture_output=True, text=True, check=False
    )


def test_rasa_and_heards_components_are_imported_without_it() -> None:
    code = (
        "import sys, rasa.core.run, rasa.server, rasa.engine.recipes.default_components;"
        "import nlu.intent_classifier, nlu.trackers, nlu.lean_rasa;"
        "print('jax' in sys.modules, sys.modules['tensorflow'].__spec__.origin)"
    )
    assert run(code).stdout.splitlines()[-1:] == ["False None"]


def test_what_needs_it_says_what_is_missing() -> None:
    done = run("import tensorflow as tf; tf.keras.layers.Dense(3)")
    assert "needs TensorFlow" in done.stderr


def test_a_stand_in_can_be_subclassed_and_decorated_with() -> None:
    code = (
        "import tensorflow as tf; from tensorflow.keras.layers import Layer, Dense\n"
        "class Both(Layer, Dense):\n"
        "    @tf.function\n"
        "    def call(self): return 3\n"
        "print(Both.call(None))"
    )
    assert run(code).stdout.split() == ["3"]
