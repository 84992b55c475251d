"""What a music hub knows and remembers: no server, no Telegram, no Rasa in here."""
