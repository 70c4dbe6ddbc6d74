"""Django finds the station here."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The station accounts."""

    name = "kaeden.accounts"
    default_auto_field = "django.db.models.BigAutoField"
