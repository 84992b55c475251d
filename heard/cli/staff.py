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
def _add(
    name: str, role: str = typer.Option("viewer", help=", ".join(role.replace("_", " ") for role in ROLES))
) -> None:
    """Makes an account and prints its one-time password."""
    heard = build(settings())
    made = heard.staff.create_account(name, _role(role))
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
    """Prints all accounts: name, role, and whether there is a second factor."""
    heard = build(settings())
    for member in heard.staff.members():
        print(f"{member.name}\t{_spoken(member.role)}\t{'second factor' if member.has_second_factor else '-'}")
    heard.store.close()


@staff.command("role")
def _set_role(name: str, role: str) -> None:
    """Gives an account another role and ends its sessions."""
    heard = build(settings())
    heard.staff.set_role(name, _role(role))
    heard.store.close()
    print(f"{name!r} is {_spoken(_role(role))} from now on, and has to sign in again.")


@staff.command("reset-totp")
def _reset_totp(name: str) -> None:
    """Takes the second factor away from an account (a lost phone) and ends its sessions."""
    heard = build(settings())
    heard.second_factor.reset(name)
    heard.store.close()
    print(f"{name!r} has no second factor any more, and can set one up on /staff/second-factor.")


@staff.command("remove")
def _remove(name: str) -> None:
    """Removes an account and ends its sessions."""
    heard = build(settings())
    heard.staff.remove(name)
    heard.store.close()
    print(f"{name!r} has no account any more.")


def _role(spoken: str) -> Role:
    """The role as the program names it: "safeguarding lead" is "safeguarding_lead"."""
    return cast(Role, spoken.strip().casefold().replace(" ", "_").replace("-", "_"))


def _spoken(role: str) -> str:
    return role.replace("_", " ")
