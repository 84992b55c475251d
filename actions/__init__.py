"""Thin Rasa actions: slots in, heard/ asked, replies and slots out. One module per topic."""
