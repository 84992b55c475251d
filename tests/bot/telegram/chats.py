"""Chats, messages and buttons, as a Bot API server knows them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Button:
    """An inline button as it hangs under a message."""

    label: str
    data: str


@dataclass(frozen=True)
class BotMessage:
    """A message of the bot, as the chat shows it."""

    message_id: int
    text: str
    html: str
    links: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]


@dataclass
class Chat:
    """A chat as the server knows it."""

    id: int
    type: str
    messages: list[BotMessage] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    bot_is_in: bool = True
