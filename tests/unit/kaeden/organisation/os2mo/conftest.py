import pytest
from pytest_socket import socket_allow_hosts

from kaeden.organisation.os2mo.client import Access, Os2mo
from tests.os2mo.server import CLIENT, QUICK, SECRET, serving
from tests.os2mo.world import MAPPING, fjordby


@pytest.fixture(autouse=True)
def _no_network():
    """Only this machine: the local OS2mo."""
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)


@pytest.fixture
def world():
    return fjordby()


@pytest.fixture
def url(world):
    with serving(world) as address:
        yield address


@pytest.fixture
def source(url):
    access = Access(url=url, client_id=CLIENT, client_secret=SECRET)
    return Os2mo(access, tries=QUICK)


@pytest.fixture
def mapping_file(tmp_path):
    file = tmp_path / "fjordby.yaml"
    file.write_text(MAPPING, encoding="utf-8")
    return file
