"""`heard staff`: accounts for the staff pages."""

from typing import cast

import typer

from heard.bootstrap import build
from heard.cli.here import settings
from heard.staff import ROLES, Role

staff = typer.Typer(help="Accounts for the staff pages.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.add_typer(staff, name="staff")


@staff.command("add")
def _add(name: str, role: str = typer.Option("viewer", help=", ".join(ROLES))) -> None:
    """Makes an account and prints its one-time password."""
    heard = build(settings())
    made = heard.staff.create_account(name, cast(Role, role.replace(" ", "_").replace("-", "_")))
    heard.store.close()
    print(f"Account made: name {made.member.name!r}, one-time password: {made.one_time_password}")
    print("It must be changed at the first sign-in, on /staff.")


@staff.command("reset-password")
def _reset_password(name: str) -> None:
    """Gives an account a one-time password and ends its sessions."""
    heard = build(settings())
    password = heard.staff.reset_password(name)
    heard.store.close()
    print(f"One-time password for {name!r}: {password}")


@staff.command("list")
def _list() -> None:
    """Prints the names of all accounts."""
    heard = build(settings())
    for name in heard.staff.names():
        print(name)
    heard.store.close()
