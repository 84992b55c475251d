"""Who may read what young people said: accounts, sign-ins and rights."""

from heard.staff.accounts import NewAccount, Refused, StaffAccounts
from heard.staff.passwords import PasswordError
from heard.staff.roles import GUARDED, ROLES, Permission, Role, StaffMember
from heard.staff.second_factor import Enrolled, Offer, SecondFactor
from heard.staff.sessions import SignedIn, StaffSession

__all__ = [
    "GUARDED",
    "ROLES",
    "Enrolled",
    "NewAccount",
    "Offer",
    "PasswordError",
    "Permission",
    "Refused",
    "Role",
    "SecondFactor",
    "SignedIn",
    "StaffAccounts",
    "StaffMember",
    "StaffSession",
]
