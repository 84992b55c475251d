"""The doors: everything that the public and staff can reach, and one message's way through."""
