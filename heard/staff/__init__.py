"""Who may read what young people said: accounts, sign-ins and rights."""

from heard.staff.accounts import NewAccount, Refused, SignedIn, StaffAccounts, StaffSession
from heard.staff.passwords import PasswordError
from heard.staff.roles import ROLES, Permission, Role, StaffMember

__all__ = [
    "ROLES",
    "NewAccount",
    "PasswordError",
    "Permission",
    "Refused",
    "Role",
    "SignedIn",
    "StaffAccounts",
    "StaffMember",
    "StaffSession",
]
