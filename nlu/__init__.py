"""Heard's understanding: the components of the Rasa pipeline (config.yml) and what they are made of.

Runs on the Rasa side's Python (nlu/.venv). Nothing here imports from heard/, and heard/ imports nothing from here:
the two meet in domain.yml's names and in content/.
"""
