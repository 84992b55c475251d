"""The chat API, the widget and the public pages."""
