"""The directory as open data: Open Referral UK (HSDS-UK 3.0), written and read.

An opportunity is a *service* there, who offers it an *organization*, each of its places a *service at location*,
and the words of its fields are *taxonomy terms*. Bursaries are left out: what makes one are its conditions, for
which HSDS-UK has no field, and a scheme without its conditions reads like a promise. Staff's notes are left out too.
"""

from heard.openreferral.feed import Feed, Listing, Page
from heard.openreferral.query import ParameterError, Query

__all__ = ["Feed", "Listing", "Page", "ParameterError", "Query"]
