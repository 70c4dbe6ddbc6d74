"""A PostgreSQL server of our own for tests: a free port, a folder that goes away."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """Start a server, yield the address of an empty database, stop the server."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    folder = Path(tempfile.mkdtemp(prefix="kaeden-postgres-"))
    data, port = folder / "data", _free_port()
    user = _server_user(folder)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        _run(user, programs / "initdb", "-D", data, "-A", "trust", "-U", "kaeden",
             "--locale=C.UTF-8", "-E", "UTF8")  # fmt: skip
        _run(user, programs / "pg_ctl", "-D", data, "-o", options, "-w",
             "-l", folder / "log", "start")  # fmt: skip
        try:
            yield f"postgresql://kaeden@127.0.0.1:{port}/postgres"
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server_user(folder: Path) -> str | None:
    """Return who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return owner.pw_name


def _run(user: str | None, *words: object) -> None:
    subprocess.run(
        [str(word) for word in words],
        user=user,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
