"""The sheets of a chain spreadsheet: their names, their columns, their words.

The words are the format's own and the same in every language of the product, as a
file that is made here must be read there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kaeden.access.rules import Role
from kaeden.organisation.rules import Degree, Kind, Task

KINDS = {
    "kommune": Kind.MUNICIPALITY,
    "område": Kind.AREA,
    "klynge": Kind.CLUSTER,
    "skole": Kind.SCHOOL,
    "dagtilbud": Kind.DAYCARE,
    "socialt tilbud": Kind.SOCIAL,
    "afdeling": Kind.DEPARTMENT,
    "klasse": Kind.CLASS,
    "gruppe": Kind.GROUP,
}
ROLES = {
    "udvalg": Role.COMMITTEE,
    "direktør": Role.DIRECTOR,
    "skolechef": Role.CHIEF_SCHOOLS,
    "dagtilbudschef": Role.CHIEF_DAYCARE,
    "familiechef": Role.CHIEF_FAMILIES,
    "områdeleder": Role.AREA_LEADER,
    "leder": Role.LEADER,
    "afdelingsleder": Role.DEPARTMENT_LEADER,
    "team": Role.TEAM,
    "analytiker": Role.ANALYST,
    "databeskyttelsesrådgiver": Role.DATA_PROTECTION,
}
DEGREES = {
    "har": Degree.HOLDS,
    "deler": Degree.SHARES,
    "støtter": Degree.SUPPORTS,
    "har ikke": Degree.NOT,
}
TASKS = {
    Task.COMMUNICATE: "Formidle mål og resultater",
    Task.CHOOSE: "Vælge faglige løsninger",
    Task.EVALUATE: "Evaluere resultater",
    Task.PRIORITISE: "Prioritere ressourcer",
    Task.LEAD_CLOSE: "Lede tæt på personalet",
    Task.DEVELOP: "Udvikle kompetencer",
    Task.COORDINATE: "Koordinere på tværs",
}


class Cell(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: the field of the schema, its heading, the words that it may hold."""

    name: str
    title: str
    cell: Cell = Cell.TEXT
    words: Mapping[str, StrEnum] = field(default_factory=dict)
    width: int = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet with one thing a row, under one row of headings."""

    title: str
    columns: tuple[Column, ...]


TOWN = Sheet(
    title="Kommune",
    columns=(
        Column(name="municipality", title="Kommunekode"),
        Column(name="as_of", title="Gælder den", cell=Cell.DAY),
    ),
)
UNITS = Sheet(
    title="Enheder",
    columns=(
        Column(name="code", title="Kode"),
        Column(name="kind", title="Art", words=KINDS),
        Column(name="name", title="Navn", width=34),
        Column(name="parent", title="Hører under"),
        Column(name="cluster", title="Klynge"),
        Column(name="form", title="Form"),
        Column(name="owner", title="Ejer"),
        Column(name="latitude", title="Breddegrad", cell=Cell.DECIMAL),
        Column(name="longitude", title="Længdegrad", cell=Cell.DECIMAL),
    ),
)
POSTS = Sheet(
    title="Stillinger",
    columns=(
        Column(name="key", title="Nøgle", width=26),
        Column(name="role", title="Rolle", words=ROLES),
        Column(name="title", title="Titel", width=34),
        Column(name="unit", title="Enhed"),
        Column(name="reports_to", title="Refererer til", width=26),
        Column(name="staff", title="Ansatte", cell=Cell.NUMBER),
        Column(name="holder", title="Besat af", width=26),
    ),
)
CHARTERS = Sheet(
    title="Funktionsbeskrivelser",
    columns=(
        Column(name="post", title="Stilling", width=26),
        Column(name="area", title="Område", width=50),
        Column(name="decision_room", title="Beslutningsrum", width=50),
        *(
            Column(name=task.value, title=title, words=DEGREES, width=14)
            for task, title in TASKS.items()
        ),
    ),
)
NOT_MINE = Sheet(
    title="Afgøres af andre",
    columns=(
        Column(name="post", title="Stilling", width=26),
        Column(name="words", title="Hvad", width=50),
        Column(name="ask", title="Spørg", width=26),
    ),
)
COMMUNITIES = Sheet(
    title="Fællesskaber",
    columns=(
        Column(name="key", title="Nøgle", width=26),
        Column(name="name", title="Navn", width=34),
        Column(name="purpose", title="Formål", width=50),
    ),
)
MEMBERS = Sheet(
    title="Medlemmer",
    columns=(
        Column(name="community", title="Fællesskab", width=26),
        Column(name="post", title="Stilling", width=26),
    ),
)
BOUNDS = Sheet(
    title="Rammer",
    columns=(
        Column(name="role", title="Rolle", words=ROLES),
        Column(name="span_from", title="Mindste spænd", cell=Cell.NUMBER),
        Column(name="span_to", title="Største spænd", cell=Cell.NUMBER),
        Column(name="farthest", title="Lag til leder", cell=Cell.NUMBER),
    ),
)
HEIRS = Sheet(
    title="Videreført",
    columns=(
        Column(name="unit", title="Enhed"),
        Column(name="by", title="Videreføres af"),
    ),
)
SHEETS = (
    TOWN,
    UNITS,
    POSTS,
    CHARTERS,
    NOT_MINE,
    COMMUNITIES,
    MEMBERS,
    BOUNDS,
    HEIRS,
)
README = "Læs mig"
README_TEXT = """\
Ledelseskæden i Kæden, som den er den dag der står på arket Kommune.

Hvert ark har én ting pr. række under én række overskrifter. Arkenes navne og \
overskrifterne skal stå, som de gør.
Enheder: kommunen selv står øverst og hører ikke under nogen. De andre hører under \
den enhed, hvis kode står i Hører under.
Stillinger: nøglen er stillingens faste navn. Står der ingen i Besat af, er \
stillingen ledig.
Funktionsbeskrivelser: de syv opgaver er har, deler, støtter eller har ikke. Tomt er \
har ikke.
Afgøres af andre: hvad stillingen ikke afgør, og nøglen på den stilling man spørger \
i stedet.
Videreført: en enhed der er lukket, og den eller dem der fører den videre, én række \
for hver.

Skriv værdier, ikke formler, og flet ikke celler. Det, der tages ud af filen, lukkes, \
når den indlæses.
Indlæs først på prøve. Så ser du hver ændring, før noget bliver skrevet.
"""
