"""Django finds the station here."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The station audit."""

    name = "kaeden.audit"
    default_auto_field = "django.db.models.BigAutoField"
