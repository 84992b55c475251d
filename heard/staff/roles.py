"""What a member of staff may do: each role gets what its work needs, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "editor", "moderator", "safeguarding_lead", "admin"]
Permission = Literal[
    "read_summaries",  # figures and texts that have been through disclosure control
    "edit_content",  # consultations, directory, decisions
    "read_answers",  # what people wrote, as it was kept, before anybody has published it
    "see_flags",  # that an answer sounded like harm
    "manage_staff",
    "read_audit",
]

ROLES: Mapping[Role, frozenset[Permission]] = {
    "viewer": frozenset({"read_summaries"}),
    "editor": frozenset({"read_summaries", "edit_content"}),
    "moderator": frozenset({"read_summaries", "read_answers"}),
    "safeguarding_lead": frozenset({"read_summaries", "see_flags"}),
    "admin": frozenset({"read_summaries", "edit_content", "read_answers", "manage_staff", "read_audit"}),
}
"""Flags are for the safeguarding lead alone: an admin who is one as well has a second account for it."""

GUARDED: frozenset[Permission] = frozenset({"read_answers", "see_flags", "manage_staff", "read_audit"})
"""What nobody may do who has signed in with a password alone: it takes a second factor (heard/staff/second_factor)."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who has signed in.

    Until a one-time password is changed, and while the code of the second factor is still to come, nothing is allowed.
    """

    name: str
    role: Role
    must_change_password: bool
    has_second_factor: bool = False
    code_to_come: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it, and this sign-in was strong enough for it."""
        ready = not self.must_change_password and not self.code_to_come
        return ready and self.holds(permission) and (permission not in GUARDED or self.has_second_factor)

    def holds(self, permission: Permission) -> bool:
        """Whether the role has the right at all."""
        return permission in ROLES[self.role]

    @property
    def guarded(self) -> bool:
        """Whether the role holds a right that takes a second factor."""
        return not GUARDED.isdisjoint(ROLES[self.role])
