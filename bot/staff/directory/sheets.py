"""Spreadsheets: the directory as files to take away, and a file brought back, first looked at and then put in."""

import base64
import binascii
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, UploadFile
from fastapi.responses import Response

from bot.staff.directory.desk import Desk, to
from bot.staff.door import RefusedError, StaffDoor, Visit
from heard.errors import EntryError
from heard.exports import csv_files, workbook
from heard.imports import Plan, make_plan
from heard.imports.from_sheet import proposal_from_sheets
from heard.sheets import Sheet, SheetError, read_csv, read_xlsx
from heard.store.entry_rows import COLLECTIONS

LARGEST: Final = 3_000_000
"""Bytes of a file that is brought back here; the command line takes larger ones."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was brought: the preview carries it along, so that nothing of it is kept here in between."""

    name: str
    data: bytes
    collection: str
    whole: bool

    @property
    def packed(self) -> str:
        """The data as one word for a hidden field."""
        return base64.urlsafe_b64encode(zlib.compress(self.data, 9)).decode()

    def sheets(self) -> tuple[Sheet, ...]:
        """What is in the file. Raises SheetError."""
        suffix = PurePosixPath(self.name).suffix.lower()
        if suffix == ".csv":
            return (read_csv(self.data, self.collection or PurePosixPath(self.name).stem),)
        return read_xlsx(self.data, self.name)


def unpacked(word: str) -> bytes:
    """The data out of the hidden field. Raises RefusedError where it is not what we put there."""
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(base64.urlsafe_b64decode(word.encode()), LARGEST + 1)
    except (ValueError, binascii.Error, zlib.error):
        raise RefusedError("form_wrong", 422) from None
    if len(data) > LARGEST or not unpacking.eof:
        raise RefusedError("form_wrong", 422)
    return data


def sheets_router(desk: Desk, door: StaffDoor) -> APIRouter:
    """Taking away is for everybody who has signed in; bringing back for those who may change entries."""
    router = APIRouter()
    reading = Annotated[Visit, Depends(door.needs("read_summaries"))]
    changing = Annotated[Visit, Depends(door.changes("edit_content"))]
    entries = desk.store.entries

    def page(visit: Visit, status: int = 200, error: str = "") -> Response:
        megabytes = LARGEST // 1_000_000
        return desk.page("sheets.html", visit, status, collections=tuple(COLLECTIONS), error=error, megabytes=megabytes)

    def preview(visit: Visit, upload: Upload, *, moved: bool = False) -> Response:
        version = entries.version(desk.hub)
        plan = _plan(desk, upload)
        status = 422 if plan.mistakes else 409 if moved else 200
        return desk.page("preview.html", visit, status, plan=plan, upload=upload, version=version, moved=moved)

    @router.get("/import")
    def choose(visit: reading) -> Response:
        return page(visit)

    @router.post("/import")
    def look(
        visit: changing,
        file: UploadFile | None = None,
        collection: Annotated[str, Form()] = "",
        whole: Annotated[str, Form()] = "",
    ) -> Response:
        if file is None or not file.filename:
            return page(visit, 422, desk.look.say("directory.no_file"))
        data = file.file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return page(visit, 413, desk.look.say("directory.file_large", megabytes=LARGEST // 1_000_000))
        upload = Upload(_plain_name(file.filename), data, collection if collection in COLLECTIONS else "", bool(whole))
        if not upload.name.lower().endswith((".csv", ".xlsx")):
            return page(visit, 422, desk.look.say("directory.file_kind"))
        if upload.name.lower().endswith(".csv") and (upload.collection or upload.name[:-4]) not in COLLECTIONS:
            return page(visit, 422, desk.look.say("directory.file_list"))
        try:
            return preview(visit, upload)
        except SheetError as error:
            return page(visit, 422, str(error))

    @router.post("/import/confirm")
    def confirm(
        visit: changing,
        name: Annotated[str, Form()] = "",
        data: Annotated[str, Form()] = "",
        collection: Annotated[str, Form()] = "",
        whole: Annotated[str, Form()] = "",
        version: Annotated[str, Form()] = "",
    ) -> Response:
        known = collection if collection in COLLECTIONS else ""
        upload = Upload(_plain_name(name), unpacked(data), known, bool(whole))
        try:
            plan = _plan(desk, upload)
        except SheetError as error:
            return page(visit, 422, str(error))
        if plan.mistakes or version != str(entries.version(desk.hub)):
            return preview(visit, upload, moved=True)
        try:
            entries.apply(desk.hub, plan.edits(), who=visit.session.member.name, version=int(version))
        except EntryError:
            return preview(visit, upload, moved=True)
        if plan.empty:
            return to("", done="nothing")
        counts = {"added": plan.added, "changed": plan.changed, "retired": plan.retired}
        return to("", done="imported", **{what: str(len(some)) for what, some in counts.items()})

    @router.get("/export.xlsx")
    def take_all(visit: reading) -> Response:
        return _file(workbook(desk.hub, desk.store), _XLSX, f"{desk.hub}.xlsx")

    @router.get("/export/{collection}.csv")
    def take_one(visit: reading, collection: str) -> Response:
        name = f"{collection}.csv"
        files = csv_files(desk.hub, desk.store) if collection in COLLECTIONS else {}
        if name not in files:
            raise RefusedError("not_found", 404)
        return _file(files[name], "text/csv; charset=utf-8", name)

    return router


def _plan(desk: Desk, upload: Upload) -> Plan:
    stored = desk.store.entries.all(desk.hub, retired=True)
    proposal = proposal_from_sheets(upload.sheets(), stored, desk.checker, whole=upload.whole)
    return make_plan(proposal, stored, f"import:{upload.name}", by_hand=True)


def _plain_name(name: str) -> str:
    """The file's own name without folders and odd characters; its end stays."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign if sign.isalnum() or sign in "-_. ()" else "_" for sign in last)[-_LONGEST_NAME:]


def _file(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)
