"""Django finds the room here."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """The week's e-mail."""

    name = "kaeden.reminders"
    default_auto_field = "django.db.models.BigAutoField"
