"""The served product, and where in the public data a case is found."""

import socket
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FIGURES = """publication_figure f
    JOIN organisation_unit u ON u.id = f.unit_id AND u.path NOT LIKE 'dk/999%'"""
QUEUES = f"""
    SELECT substr(u.path, 4, 3) FROM {FIGURES}
    WHERE f.signal <> '' AND f.is_latest AND u.path LIKE '%/schools/%'
    GROUP BY 1 ORDER BY count(*) DESC, 1
"""
PLACES = {
    "the school with the most numbers": f"""
        SELECT u.code FROM {FIGURES}
        WHERE u.kind = 'school' AND f.is_latest AND f.value IS NOT NULL
        GROUP BY u.id ORDER BY count(*) DESC, u.code LIMIT 1""",
    "a school with hidden figures": f"""
        SELECT u.code FROM {FIGURES}
        WHERE u.kind = 'school' AND f.is_latest AND f.status = 'hidden'
        GROUP BY u.id ORDER BY count(*) DESC, u.code LIMIT 1""",
    "a school without a number": """
        SELECT u.code FROM organisation_unit u
        WHERE u.kind = 'school' AND NOT EXISTS (
            SELECT 1 FROM publication_figure f
            WHERE f.unit_id = u.id AND f.value IS NOT NULL
        ) ORDER BY u.code LIMIT 1""",
    "a municipal day-care institution": """
        SELECT code FROM organisation_unit
        WHERE kind = 'daycare' AND owner = 'kommunal' ORDER BY code LIMIT 1""",
    "a private day-care institution": """
        SELECT code FROM organisation_unit
        WHERE kind = 'daycare' AND owner = 'privat' ORDER BY code LIMIT 1""",
    "a private school": """
        SELECT code FROM organisation_unit
        WHERE form = 'fri/privat grundskole' ORDER BY code LIMIT 1""",
    "a boarding school": """
        SELECT code FROM organisation_unit
        WHERE form = 'efterskole' ORDER BY code LIMIT 1""",
    "a municipality that leads more than 100 units": """
        SELECT substr(u.path, 4, 3) FROM organisation_unit u
        WHERE u.path LIKE 'dk/%/schools/%' OR u.path LIKE 'dk/%/daycare/%'
        GROUP BY 1 HAVING count(*) BETWEEN 101 AND 130
        ORDER BY count(*), 1 LIMIT 1""",
    "the municipality with the most numbers": f"""
        SELECT u.code FROM {FIGURES}
        WHERE u.kind = 'municipality' AND f.value IS NOT NULL
        GROUP BY u.id ORDER BY count(DISTINCT f.indicator) DESC, u.code LIMIT 1""",
    "the municipality with the fewest numbers": f"""
        SELECT u.code FROM {FIGURES}
        WHERE u.kind = 'municipality' AND f.value IS NOT NULL
        GROUP BY u.id ORDER BY count(DISTINCT f.indicator), u.code LIMIT 1""",
}


@dataclass(frozen=True, kw_only=True)
class Product:
    """Where it answers, what it holds, what it says of itself."""

    address: str
    database: Path
    log: Path
    environment: dict[str, str]

    def command(self, *words):
        """Run `kaeden` beside the served product, and return what it says."""
        done = subprocess.run(
            [Path(sys.executable).with_name("kaeden"), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def code_of(self, place):
        """Return the code of one of `PLACES`."""
        return self._rows(PLACES[place])[0][0]

    def towns_with_a_queue(self):
        """Return municipalities whose chief of schools has most to assess, first."""
        return [code for (code,) in self._rows(QUEUES)]

    def town_without_a_queue(self):
        """Return a municipality whose chief of schools has nothing to assess."""
        busy = {
            code
            for (code,) in self._rows(
                f"SELECT substr(u.path, 4, 3) FROM {FIGURES} WHERE f.signal <> ''"
            )
        }
        towns = "SELECT code FROM organisation_unit WHERE kind = 'municipality'"
        return min({code for (code,) in self._rows(towns)} - busy)

    def led_schools(self, town):
        """Return the names and codes of the schools that a municipality leads."""
        return self._rows(
            "SELECT name, code FROM organisation_unit WHERE path LIKE ? ORDER BY name",
            f"dk/{town}/schools/%",
        )

    def _rows(self, question, *words):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            rows = database.execute(question, words).fetchall()
        database.close()
        return rows


def free_port():
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
