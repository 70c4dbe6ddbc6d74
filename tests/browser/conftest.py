"""A browser, and the real product served as a newcomer serves it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright
from pytest_socket import socket_allow_hosts

from tests.browser.product import Product, free_port
from tests.browser.visitor import Visitor

CHROMIUM = os.environ.get("KAEDEN_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMMANDS = Path(sys.executable).parent
PATIENCE = 60  # seconds


@pytest.fixture(autouse=True)
def _no_network():
    """Only this machine: the server and the browser's own control."""
    socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """Load the demo in an empty home, once."""
    home = tmp_path_factory.mktemp("home")
    environment = _bare_environment(home)
    _run([COMMANDS / "kaeden", "demo"], environment)
    _run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        environment,
    )
    return home


@pytest.fixture(scope="module")
def product(furnished, tmp_path_factory):
    """Serve a copy of the home: what a module's visitors do is not seen by others."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(furnished, home)
    environment = _bare_environment(home)
    port = free_port()
    log = home / "serve.log"
    with log.open("w") as out:
        serving = subprocess.Popen(
            [COMMANDS / "kaeden", "serve", "--port", str(port)],
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, serving, log)
        yield Product(
            address=address,
            database=home / "kaeden.sqlite3",
            log=log,
            environment=environment,
        )
    finally:
        serving.terminate()
        serving.wait(timeout=20)
        shutil.rmtree(home)


@pytest.fixture(scope="module")
def browser():
    """Start the system's Chromium, once for each module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=60_000
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, product, request):
    """Let a new person visit: `visit()`, or `visit(javascript=False)`."""
    contexts = []

    def enter(*, javascript=True, language="da-DK", width=1280):
        context = browser.new_context(
            viewport={"width": width, "height": 1000},
            locale=language,
            java_script_enabled=javascript,
            base_url=product.address,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), product)

    yield enter
    for context in contexts:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Put the server's own words beside a failure."""
    report = yield
    product = item.funcargs.get("product") if hasattr(item, "funcargs") else None
    if report.failed and product and product.log.read_text().strip():
        report.sections.append(
            ("what the server said", product.log.read_text()[-4000:])
        )
    return report


def _bare_environment(home):
    """Return what a newcomer's shell holds, and what `make run` adds."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KAEDEN_", "DJANGO_", "PYTEST_"))
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "kaeden.config.settings",
        "KAEDEN_HOME": str(home),
        "KAEDEN_SECRET_KEY": "only-for-the-tests-of-the-browser",
        "KAEDEN_DEMO": "1",
    }


def _run(words, environment):
    done = subprocess.run(
        words, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _wait_for(address, serving, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert serving.poll() is None, log.read_text()
        try:
            urlopen(address, timeout=5).close()
        except HTTPError as error:
            pytest.fail(f"The front page answered {error.code}:\n{log.read_text()}")
        except (URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"Nothing answered within {PATIENCE} s:\n{log.read_text()}")
