"""`python -m heard` is `heard`."""

from heard.cli.main import main

if __name__ == "__main__":
    main()
