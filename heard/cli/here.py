"""Where the command runs: the project's root and its settings."""

import os
from pathlib import Path

from heard.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent


def settings() -> Settings:
    """The settings of this installation. Raises SettingsError."""
    return Settings.from_env(os.environ, ROOT)
