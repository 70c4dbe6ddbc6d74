"""The person who logs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account. What it may do follows from the posts it holds, never from here."""

    is_demo = models.BooleanField(default=False)
