"""Django finds the station here."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """The station conditions."""

    name = "kaeden.conditions"
    default_auto_field = "django.db.models.BigAutoField"
