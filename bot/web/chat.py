"""`POST /api/chat`: the one way by which pages, widgets and programs talk to Heard."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.limits import Limiter
from bot.message import Answer, Message, Pseudonyms
from bot.payload import PayloadError, read_payload
from bot.problems import ProblemError
from bot.turn import Turn
from bot.web.sessions import Sessions

LONGEST_TEXT = 2000


class ChatRequest(BaseModel):
    """A message to Heard: what was typed, or the payload of a choice that was pressed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    session: str | None = Field(None, description="As the last answer gave it; null starts a new chat.")
    message_id: Annotated[str, StringConstraints(min_length=8, max_length=100, pattern=r"^[\x21-\x7e]+$")] = Field(
        description="Your own id of this message. The same id again gets the same answer and does nothing twice."
    )
    text: str | None = Field(None, description=f"What was typed, up to {LONGEST_TEXT} characters.")
    payload: str | None = Field(None, description="A choice's payload, exactly as it was given.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = Field("en", description="ISO 639-1.")


class ChoiceBody(BaseModel):
    """A button."""

    label: str
    payload: str


class ContactBody(BaseModel):
    """A link that a phone can follow."""

    label: str
    href: str


class ConditionBody(BaseModel):
    """A bursary's condition and whether it is met, as far as we were told."""

    text: str
    state: Literal["met", "not met", "not told"]


class CardBody(BaseModel):
    """One entry of the hub's directory."""

    id: str
    kind: Literal["opportunity", "bursary", "pathway", "helpline", "person", "consultation"]
    title: str
    summary: str
    why: list[str] = []
    url: str | None = None
    page: str | None = Field(None, description="The entry's own page here, from the root of the site.")
    checked: str | None = Field(None, description="The day somebody last checked it; null: nobody has yet.")
    notice: str | None = None
    contacts: list[ContactBody] = []
    outcome: Literal["may qualify", "unlikely", "need to know"] | None = None
    conditions: list[ConditionBody] = []
    choices: list[ChoiceBody] = []


class ProgressBody(BaseModel):
    """How far a consultation is."""

    done: int
    of: int


class ReplyBody(BaseModel):
    """One bubble."""

    text: str
    choices: list[ChoiceBody] = []
    cards: list[CardBody] = []
    progress: ProgressBody | None = None


class ChatAnswer(BaseModel):
    """Heard's answer."""

    session: str
    language: str
    safeguarding: bool = Field(description="True where the answer is for somebody who may be in danger.")
    replies: list[ReplyBody]


def chat_router(turn: Turn, sessions: Sessions, pseudonyms: Pseudonyms, chats: Limiter) -> APIRouter:
    """The chat API over one `Turn`. `chats` counts what each chat says, here and on the pages."""
    router = APIRouter(prefix="/api", tags=["chat"])
    problems: dict[int | str, dict[str, Any]] = {
        status: {"description": text, "content": {"application/problem+json": {}}}
        for status, text in {
            413: f"Over {LONGEST_TEXT} characters",
            422: "Malformed",
            429: "Too many messages; Retry-After says for how long",
            503: "Nothing can answer now",
        }.items()
    }

    @router.post(
        "/chat",
        response_model=ChatAnswer,
        responses=problems,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": ChatRequest.model_json_schema()}},
            }
        },
    )
    async def chat(request: Request) -> Response:
        """Takes one message and answers it."""
        asked = await _read(request)
        if asked.session is not None and not sessions.ours(asked.session):
            raise ProblemError(422, "session: this is none of ours; send null to start a new chat")
        session = asked.session or sessions.new()
        _hold_back(chats, session)
        answer = await turn.take(_message(asked, session, pseudonyms))
        return Response(_body(session, answer), media_type="application/json")

    return router


async def _read(request: Request) -> ChatRequest:
    """The request's body. Read by hand: a long text is 413 and a broken one says so without repeating it."""
    try:
        asked = ChatRequest.model_validate(orjson.loads(await request.body()))
    except orjson.JSONDecodeError:
        raise ProblemError(422, "body: this is not JSON") from None
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise ProblemError(422, where) from None
    if (asked.text is None) == (asked.payload is None):
        raise ProblemError(422, "give either text or payload")
    if asked.text is not None and len(asked.text) > LONGEST_TEXT:
        raise ProblemError(413, f"text: at most {LONGEST_TEXT} characters")
    if asked.text is not None and not asked.text:
        raise ProblemError(422, "text: there is nothing in it")
    return asked


def _message(asked: ChatRequest, session: str, pseudonyms: Pseudonyms) -> Message:
    if asked.payload is not None:
        try:
            read_payload(asked.payload)
        except PayloadError as error:
            raise ProblemError(422, f"payload: {error}") from None
    sender = pseudonyms.of("web", session)
    key = pseudonyms.of("message", sender, asked.message_id)
    return Message("web", sender, key, asked.text, asked.payload, asked.language)


def _hold_back(limiter: Limiter, name: str) -> None:
    if wait := limiter.wait(name):
        raise ProblemError(429, f"Please wait {wait} seconds.", {"Retry-After": str(wait)})


def _body(session: str, answer: Answer) -> bytes:
    return orjson.dumps(
        {
            "session": session,
            "language": answer.language,
            "safeguarding": answer.safeguarding,
            "replies": [{"choices": [], "cards": [], **reply.as_dict()} for reply in answer.replies],
        }
    )
