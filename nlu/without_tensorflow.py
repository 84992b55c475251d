"""Rasa without TensorFlow: its server imports it for stock components that Heard does not use.

That import is more than half of a start (8 of 14 seconds of processor time) and of the memory (350 of 550 MB). Rasa's
modules only need the names to be there when classes are defined, so empty names stand in. A pipeline that does use
TensorFlow (DIET, TED) fails at once with these: start it with Rasa's own command line, or `--tensorflow`.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

LEFT_OUT = frozenset({"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"})


def leave_out_tensorflow() -> None:
    """Lets every later import of TensorFlow give an empty stand-in. Nothing happens where it is imported already."""
    if LEFT_OUT.isdisjoint(sys.modules):
        sys.meta_path.insert(0, _Finder())


class _Kind(type):
    """The type of stand-ins: each name asked of one is another, so that `tf.keras.layers.Layer` can be subclassed."""

    def __getattr__(cls, name: str) -> _Kind:
        return _stand_in(cls, name)


class _StandIn(metaclass=_Kind):
    """Can be named, subclassed, annotated with and used as a decorator, which leaves the function as it is."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        return super().__new__(cls)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise ImportError("this part of Rasa needs TensorFlow, which nlu.serve leaves out (see --tensorflow)")


class _Module(types.ModuleType):
    __path__: Sequence[str] = ()

    def __getattr__(self, name: str) -> _Kind:
        return _stand_in(self, name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in LEFT_OUT:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing in it."""


def _stand_in(owner: Any, name: str) -> _Kind:
    if name.startswith("__"):
        raise AttributeError(name)
    found = _Kind(name, (_StandIn,), {})
    setattr(owner, name, found)
    return found
