"""How long what is kept: the lifetimes as data (lifetimes.py), and what carries them out (purging.py)."""
