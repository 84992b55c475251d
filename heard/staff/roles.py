"""What a member of staff may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["admin", "reader"]
Permission = Literal["read_summaries", "edit_content", "manage_staff"]

ROLES: Mapping[Role, frozenset[Permission]] = {
    "admin": frozenset({"read_summaries", "edit_content", "manage_staff"}),
    "reader": frozenset({"read_summaries"}),
}


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who has signed in. Until a one-time password is changed, nothing else is allowed."""

    name: str
    role: Role
    must_change_password: bool

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return not self.must_change_password and permission in ROLES[self.role]
