"""Whether the web addresses in the directory still lead somewhere."""

from heard.links.check import Pace, check_links
from heard.links.look import Look, State

__all__ = ["Look", "Pace", "State", "check_links"]
