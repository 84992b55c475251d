"""The command line: `heard`, one module per topic."""
