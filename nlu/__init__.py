"""Heard's understanding: the components of the Rasa pipeline (config.yml) and what they are made of.

Runs on the Rasa side's Python (nlu/.venv). Nothing here imports from heard/, and heard/ imports nothing from here:
the two meet in domain.yml's names and in content/. What reads entities (entity_reader.py and what it is made of)
knows no Rasa and runs on both Pythons: bot/reader.py reads typed searches with it.
"""
