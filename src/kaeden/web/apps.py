"""Django finds the pages here."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages and their template tags."""

    name = "kaeden.web"
