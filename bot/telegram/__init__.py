"""The Telegram door: private chats, text and buttons."""

from bot.telegram.door import TelegramDoor

__all__ = ["TelegramDoor"]
