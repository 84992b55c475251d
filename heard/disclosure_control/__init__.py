"""Numbers that can be shown without showing a person."""

from heard.disclosure_control.cube import Layout
from heard.disclosure_control.protect import (
    LOWEST_THRESHOLD,
    THRESHOLD,
    ProtectedCell,
    ProtectedTable,
    check_threshold,
    protect,
    protect_count,
)
from heard.disclosure_control.releases import Release, releases
from heard.disclosure_control.table import Cell, Table

__all__ = [
    "LOWEST_THRESHOLD",
    "THRESHOLD",
    "Cell",
    "Layout",
    "ProtectedCell",
    "ProtectedTable",
    "Release",
    "Table",
    "check_threshold",
    "protect",
    "protect_count",
    "releases",
]
