"""A chain file that somebody has sent, until they have seen what it would change."""

from django.db import models

from kaeden.organisation.models.chain import Post, Unit


class ChainUpload(models.Model):
    """A chain between two steps: sent, and not yet loaded.

    `text` is the chain as a YAML file. Only the post that sent it sees it, and it is
    gone when it is loaded, thrown away, or past `expires_at`.
    """

    municipality = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    text = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name
