"""Several who press at once, each in a thread and on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from kaeden.shared.errors import KaedenError


def at_once(*verbs: Callable[[], object]) -> int:
    """Let each verb run in a thread of its own; return how many were refused."""
    ready = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> int:
        ready.wait()
        try:
            verb()
        except KaedenError:
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(len(verbs)) as threads:
        return sum(threads.map(run, verbs))
