"""A chain file that can't be used is refused whole, with the place and the reason."""

import struct
import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest

from kaeden.organisation.files.reading import LARGEST, read_chain
from kaeden.shared.errors import BadInput
from tests.builders.chain_files import XLSX, YAML, a_book, a_text, repacked
from tests.builders.chains import a_chain

SHEET = "xl/worksheets/sheet3.xml"  # Enheder


def refusal_of(data, name):
    with pytest.raises(BadInput) as refused:
        read_chain(data, name)
    message = refused.value.message
    assert message.startswith(f"{name} kan ikke bruges. Ret dette, og prøv igen:\n- ")
    return message


def bomb():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "\n".join(lines).encode()


# YAML: what can't be read at all ------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Linje 1, filen: der står “None”, men der skal være felter"),
        (b"just words", "der skal være felter under det"),
        (a_text().decode().encode("utf-16"), "ikke gemt som UTF-8"),
        (a_text().decode().encode("latin-1"), "ikke gemt som UTF-8"),
        (b"municipality: '999'\n\tas_of: x", "Linje 2 kan ikke læses som YAML"),
        (a_text(("Nordskolen", "Nord\x00skolen")), "man ikke kan se (U+0000)"),
        (a_text(("Nordskolen", "Nord\x07skolen")), "man ikke kan se (U+0007)"),
        (bomb(), "henviser til sig selv"),
        (b"[" * 50_000, "for mange niveauer"),
        (b"{a: " * 5_000, "for mange niveauer"),
        (b"x" * (LARGEST + 1), "større end 2000 kB"),
        (b"a: " + b"x" * 1_000_000, "a: er ikke et felt"),
        (b"!!python/object/apply:os.system ['true']", "der skal være felter under det"),
        (b"municipality: '999'\n---\nmunicipality: '999'", "kan ikke læses som YAML"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_is_no_yaml_of_a_chain_is_refused(data, sentence):
    assert sentence in refusal_of(data, YAML)


def test_a_file_of_another_kind_is_refused_by_its_name():
    with pytest.raises(BadInput, match=r"hverken \.yaml eller \.xlsx"):
        read_chain(a_text(), "kaede.json")


# YAML: fields -------------------------------------------------------------------------

FIELDS = [
    (("as_of: '2024-08-01'", ""), "Linje 4, as_of: mangler. Tilføj det"),
    (("as_of: '2024-08-01'", "as_of: 01-08-2024"), "as_of: er ikke en dato"),
    (("as_of: '2024-08-01'", "as_of: 1. august"), "as_of: er ikke en dato"),
    (("as_of: '2024-08-01'", "as_of: [2024]"), "as_of: er ikke en dato"),
    (("as_of: '2024-08-01'", "as_of: '20240801'"), "as_of: er ikke en dato"),
    (("as_of: '2024-08-01'", "as_of: 2023-02-29"), "as_of: er en dato, der ikke"),
    (("as_of: '2024-08-01'", "as_of: 0024-08-01"), "as_of: er for længe siden"),
    (("kind: school", "kind: skole"), "Linje 24, units → 5 → kind: der står “skole”"),
    (("kind: school", "kind: country"), "et land er ikke en del af en kommune"),
    (
        ("kind: school", "kind: {a: 1}"),
        "kind: der står flere felter, men det skal være",
    ),
    (("name: Skoler", "name:"), "units → 2 → name: er tomt"),
    (
        ("name: Skoler", "name: [Skoler]"),
        "name: der står en liste, men det skal være en tekst",
    ),
    (("name: Skoler", "name: " + "x" * 201), "er for langt. Skriv højst 200 tegn"),
    (("name: Skoler", "name: Skoler\u202e"), "name: har et tegn, man ikke kan se"),
    (("name: Skoler", "name: Sko\u200bler"), "name: har et tegn, man ikke kan se"),
    (("name: Skoler", "name: 010190-1234 x"), "name: ligner et CPR-nummer. Tag det ud"),
    (("name: Skoler", "name: Skoler\n  name: To"), "“name” står to gange"),
    (("name: Skoler", "navn: Skoler"), "units → 2 → navn: er ikke et felt i"),
    (("code: schools", "code: de små skoler"), "code: skal være bogstaverne a–z"),
    (("code: schools", "code: ../" + "x" * 30), "er for langt. Skriv højst 20 tegn"),
    (("code: schools", "code: '-x'"), "code: skal være bogstaverne a–z"),
    (("role: director", "role: system"), "ingen stilling har rollen “system”"),
    (("role: director", "role: boss"), "posts → 2 → role: der står “boss”, men det"),
    (
        ("staff: 12", "staff: tolv"),
        "staff: der står “tolv”, men det skal være et helt tal",
    ),
    (("staff: 12", "staff: 12,5"), "staff: der står “12,5”, men det skal være et helt"),
    (("staff: 12", "staff: -1"), "staff: er “-1”, men skal være mindst 0"),
    (("staff: 12", "staff: 1e9"), "staff"),
    (
        ("communicate: holds", "communicate: owns"),
        "tasks → communicate: der står “owns”",
    ),
    (("communicate: holds", "sing: holds"), "tasks → sing: der står “sing”, men"),
    (("role: leader\n  span", "role: team\n  span"), "kun roller, der leder andre"),
    (("span_from: 8", "span_from: otte"), "bounds → 1 → span_from: der står “otte”"),
    (
        ("units:", "units: none\nothers:"),
        "units: der står “none”, men det skal være en",
    ),
    (("ask: skolechef", "ask:"), "not_mine → 1 → ask: er tomt"),
]


@pytest.mark.parametrize(
    ("change", "sentence"), FIELDS, ids=lambda value: value[1][:30]
)
def test_a_field_that_cannot_be_used_is_told_with_its_line(change, sentence):
    assert sentence in refusal_of(a_text(change), YAML)


# YAML: how it hangs together ----------------------------------------------------------

LOOSE = [
    (("parent: schools", "parent: skoler"), "under skoler, som ikke findes"),
    (("  parent: schools\n", ""), "Linje 23, units → 5 → parent: Enheden 999001 har"),
    (("code: nord", "code: daycare"), "Enhedskoden daycare er brugt to gange"),
    (("kind: municipality", "kind: area"), "skal være kommunen 999 selv"),
    (("municipality: '999'", "municipality: '998'"), "skal være kommunen 998 selv"),
    (
        ("name: Dagtilbud\n  parent: '999'", "name: Dagtilbud\n  parent: nord"),
        "Enheden nord ligger under sig selv",
    ),
    (("  name: Sydskolen", "  cluster: schools\n  name: Sydskolen"), "ikke en klynge"),
    (("key: udvalg", "key: direktor"), "nøgle direktor er brugt to gange"),
    (("unit: nord", "unit: vest"), "Stillingen leder-nord er på vest, som ikke findes"),
    (("role: area_leader", "role: team"), "har rollen “Teammedlem”, men nord er en"),
    (("reports_to: leder-nord", "reports_to: hans"), "refererer til hans, som ikke"),
    (
        ("reports_to: direktor", "reports_to: skolechef"),
        "refererer til sig selv i ring",
    ),
    (("ask: skolechef", "ask: hans"), "not_mine → 1 → ask: Stillingen leder-999001"),
    (("ask: skolechef", "ask: leder-999001"), "henviser til sig selv. Nævn en anden"),
    (
        ("members: [leder-999001", "members: [hans"),
        "har medlemmet hans, som ikke findes",
    ),
    (
        ("members: [leder-999001", "members: [leder-999002"),
        "members → 2: leder-999002 står her to gange",
    ),
    (("span_from: 8", "span_from: 80"), "Spændet går fra 80 til 25"),
    (
        ("bounds:", "bounds:\n- {role: leader, span_from: 1, span_to: 2}"),
        "bounds → 2: leader står her to gange",
    ),
    (
        ("units:", "carried_on: [{unit: '999009', by: ['999008']}]\nunits:"),
        "999009 er videreført af 999008, som ikke findes",
    ),
    (
        ("units:", "carried_on: [{unit: '999001', by: ['999002']}]\nunits:"),
        "Enheden 999001 er videreført af andre og findes stadig",
    ),
    (("units:", "carried_on: [{unit: '1', by: []}]\nunits:"), "carried_on → 1 → by"),
]


@pytest.mark.parametrize(("change", "sentence"), LOOSE, ids=lambda value: value[1][:30])
def test_what_hangs_loose_is_told_with_its_line(change, sentence):
    message = refusal_of(a_text(change), YAML)

    assert sentence in message
    assert "- Linje " in message


def test_a_post_at_a_unit_that_the_file_says_has_ended_is_told():
    ended = "carried_on: [{unit: '999009', by: ['999001']}]\nunits:"

    message = refusal_of(
        a_text(("units:", ended), ("unit: nord", "unit: '999009'")), YAML
    )

    assert "er på 999009, som er lukket. Flyt stillingen" in message


def test_units_that_lie_too_deep_for_their_codes_are_told():
    deep = "".join(
        f"- {{code: {'x' * 18}{n:02d}, kind: group, name: x, parent: {above}}}\n"
        for n, above in enumerate(["999002", *(f"{'x' * 18}{n:02d}" for n in range(9))])
    )

    message = refusal_of(a_text(("\nposts:", deep + "\nposts:")), YAML)

    assert "xxxxxxxxxxxxxxxxxx09 ligger for dybt" in message


def test_every_problem_is_told_and_not_only_the_first():
    message = refusal_of(
        a_text(
            ("kind: school", "kind: skole"),
            ("staff: 12", "staff: tolv"),
            ("role: director", "role: boss"),
        ),
        YAML,
    )

    assert message.count("\n- ") == 3


def test_a_thousand_problems_are_counted():
    wrong = "\n".join(["units:", *["- {code: '?'}"] * 1_000])

    message = refusal_of(f"municipality: x\n{wrong}\nposts: []".encode(), YAML)

    assert message.endswith("- Der er fundet 2951 fejl mere.")


@pytest.mark.parametrize("holder", ["{a: Kim Larsen}", "Kim Larsen\u202e", "Kim " * 40])
def test_no_message_holds_the_name_of_a_person(holder):
    message = refusal_of(a_text(("holder: Direktøren", f"holder: {holder}")), YAML)

    assert "holder" in message
    assert "Kim" not in message


@pytest.mark.parametrize(
    "text",
    [
        a_text().decode().replace("\n", "\r\n"),
        a_text().decode().replace("\n", "\r"),
        "\ufeff" + a_text().decode(),
        a_text().decode() + "...\n",
    ],
    ids=["crlf", "lone cr", "bom", "end of document"],
)
def test_what_other_editors_do_to_a_file_is_no_fault(text):
    assert read_chain(text.encode(), YAML) == a_chain()


# Spreadsheets: what can't be opened ---------------------------------------------------


def with_cell(cell):
    """A book where one cell of the sheet Enheder says something else in its XML."""
    with zipfile.ZipFile(BytesIO(a_book())) as archive:
        sheet = archive.read(SHEET)
    return repacked(a_book(), {SHEET: sheet.replace(b"</sheetData>", cell)})


def lying(data):
    """A book whose directory says that a part is smaller than it is."""
    size = len(zipfile.ZipFile(BytesIO(data)).read(SHEET))
    return data.replace(struct.pack("<L", size), struct.pack("<L", size - 100))


def encrypted(data):
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


def doubled(data):
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Dup"):
        archive.writestr(SHEET, b"<x/>")
    return out.getvalue()


def with_sheets(count, relation="rId1"):
    """A book whose list of sheets goes on and on, over the same part."""
    with zipfile.ZipFile(BytesIO(a_book())) as archive:
        book = archive.read("xl/workbook.xml")
    more = "".join(
        f'<sheet name="s{n}" sheetId="{n + 20}" r:id="{relation}"/>'
        for n in range(count)
    )
    longer = book.replace(b"</sheets>", f"{more}</sheets>".encode())
    return repacked(a_book(), {"xl/workbook.xml": longer})


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
WIDE = b'<row r="9"><c r="AZ9"><v>1</v></c></row></sheetData>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
BROKEN = "ikke en hel .xlsx-fil"
HUGE = "langt større indeni"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"", BROKEN),
        (lambda: b"PK\x03\x04 but no more", BROKEN),
        (a_text, BROKEN),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, BROKEN),
        (lambda: a_book()[:-300], BROKEN),
        (lambda: repacked(a_book(), {"xl/workbook.xml": None}), BROKEN),
        (lambda: repacked(a_book(), {"xl/workbook.xml": b"<x"}), BROKEN),
        (lambda: repacked(a_book(), {"xl/workbook.xml": b"<x/>"}), BROKEN),
        (lambda: repacked(a_book(), {"xl/_rels/workbook.xml.rels": None}), BROKEN),
        (lambda: repacked(a_book(), {SHEET: LAUGHS}), BROKEN),
        (lambda: repacked(a_book(), {SHEET: b"\xff\xfe<\0x\0/\0>\0"}), BROKEN),
        (lambda: repacked(a_book(), {SHEET: b"<\0x\0/\0>\0"}), BROKEN),
        (lambda: with_sheets(10_000), BROKEN),
        (lambda: with_sheets(1, relation="rId99"), BROKEN),
        (lambda: lying(a_book()), BROKEN),
        (lambda: doubled(a_book()), BROKEN),
        (lambda: encrypted(a_book()), "har en adgangskode"),
        (lambda: repacked(a_book(), {"xl/vbaProject.bin": b"x"}), "har makroer"),
        (lambda: repacked(a_book(), {"x.bin": b"\0" * 1_900_000}), HUGE),
        (lambda: repacked(a_book(), {f"x{n}": b"" for n in range(200)}), HUGE),
        (lambda: with_cell(FAR), "Enheder: der står noget langt ude, i 1048576"),
        (lambda: with_cell(WIDE), "Enheder: der står noget langt ude, i AZ9"),
        (lambda: with_cell(FAR.replace(b"1048576", b"9" * 30)), "noget langt ude"),
        (lambda: with_cell(WIDE.replace(b"AZ9", b"a:9")), "noget langt ude"),
    ],
)
def test_what_is_no_spreadsheet_or_a_trap_is_refused(make, sentence):
    assert sentence in refusal_of(make(), XLSX)


# Spreadsheets: sheets, headings, cells ------------------------------------------------


def table(title, change):
    """A change of one table."""

    def apply(tables):
        change(tables[title])

    return apply


def cell(title, row, column, value):
    """A change of one cell, counted as a person counts."""

    def change(rows):
        rows[row - 1][column] = value

    return table(title, change)


def without(title):
    return lambda tables: tables.pop(title)


def another(title, rows=()):
    return lambda tables: tables.update({title: list(rows)})


SHEETS = [
    (without("Stillinger"), "Arket “Stillinger” mangler"),
    (another("Noter", [["hej"]]), "Arket “Noter” hører ikke til i filen"),
    (another("Enheder  "), "Arket “Enheder” hører ikke til i filen"),
    (cell("Enheder", 1, 0, "Kod"), "Enheder: kolonnen “Kode” mangler"),
    (cell("Enheder", 1, 0, "Kod"), "Enheder: kolonnen “kod” hører ikke til"),
    (cell("Enheder", 1, 2, "Kode"), "Enheder: kolonnen “Kode” er der to gange"),
    (table("Enheder", list.clear), "Enheder: kolonnen “Art” mangler"),
    (table("Enheder", lambda rows: rows[2].append("hej")), "kolonne uden overskrift"),
    (
        cell("Enheder", 3, 1, "skolen"),
        "Enheder, række 3, Art: der står “skolen”, men",
    ),
    (cell("Enheder", 3, 2, date(2026, 2, 1)), "Enheder, række 3, Navn: regnearket har"),
    (cell("Enheder", 3, 2, time(8, 0)), "Enheder, række 3, Navn: regnearket har"),
    (cell("Enheder", 3, 2, True), "Enheder, række 3, Navn: regnearket har"),
    (cell("Enheder", 3, 0, 1.5), "Enheder, række 3, Kode: regnearket har"),
    (cell("Enheder", 3, 2, ""), "Enheder, række 3, Navn: mangler. Tilføj det"),
    (cell("Enheder", 3, 3, "vest"), "Enheder, række 3, Hører under: Enheden schools"),
    (cell("Enheder", 3, 7, "55,6"), "Breddegrad: der står “55,6”, men det skal være"),
    (
        cell("Stillinger", 8, 5, 12.5),
        "Ansatte: der står “12.5”, men det skal være",
    ),
    (cell("Stillinger", 8, 5, "1.200"), "Ansatte: der står “1.200”"),
    (
        cell("Kommune", 2, 1, "1/8-2024"),
        "Kommune, række 2, Gælder den: er ikke en dato",
    ),
    (cell("Kommune", 2, 1, 45505.0), "Kommune, række 2, Gælder den: er ikke en dato"),
    (cell("Kommune", 2, 0, ""), "Kommune, række 2, Kommunekode: mangler"),
    (
        table("Kommune", lambda rows: rows.append(["998", "2024-08-01"])),
        "Kommune, række 3: en fil er for én kommune",
    ),
    (table("Kommune", lambda rows: rows.pop()), "Arket Kommune: mangler. Tilføj det"),
    (
        table("Funktionsbeskrivelser", lambda rows: rows.append(rows[1])),
        "Funktionsbeskrivelser, række 3, Stilling: stillingen har to funktionsbesk",
    ),
    (
        cell("Funktionsbeskrivelser", 2, 0, "hans"),
        "Funktionsbeskrivelser, række 2, Stilling: der er ingen “hans” på arket Still",
    ),
    (cell("Funktionsbeskrivelser", 2, 0, 1.5), "række 2, Stilling: regnearket har"),
    (
        cell("Funktionsbeskrivelser", 2, 3, "meget"),
        "Funktionsbeskrivelser, række 2, Formidle mål og resultater: der står “meget”",
    ),
    (
        cell("Afgøres af andre", 2, 0, "direktor"),
        "Afgøres af andre, række 2, Stilling: stillingen har ingen funktionsbeskrivelse",
    ),
    (
        cell("Afgøres af andre", 2, 2, "hans"),
        "Afgøres af andre, række 2, Spørg: Stillingen leder-999001 henviser til hans",
    ),
    (cell("Afgøres af andre", 2, 1, ""), "Afgøres af andre, række 2, Hvad: mangler"),
    (cell("Medlemmer", 2, 0, "x"), "række 2, Fællesskab: der er ingen “x” på arket"),
    (cell("Medlemmer", 3, 1, "hans"), "Medlemmer, række 3: Fællesskabet Læsefælless"),
    (cell("Medlemmer", 3, 1, ""), "Medlemmer, række 3: er tomt"),
    (cell("Rammer", 2, 1, 80), "Rammer, række 2: Spændet går fra 80 til 25"),
    (
        table("Videreført", lambda rows: rows.append(["999009", "999008"])),
        "Videreført, række 2: 999009 er videreført af 999008, som ikke findes",
    ),
    (
        table("Videreført", lambda rows: rows.append(["", "999001"])),
        "Videreført, række 2, Enhed: er tomt",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), SHEETS, ids=lambda one: str(one)[:40])
def test_a_sheet_that_cannot_be_used_is_told_with_its_row(change, sentence):
    assert sentence in refusal_of(a_book(change), XLSX)


def merge(book):
    book.get_worksheet_by_name("Enheder").merge_range(0, 10, 0, 11, "Kode")


def formula(book):
    book.get_worksheet_by_name("Enheder").write_formula(2, 2, '="Sko"&"ler"', None, "x")


def error(book):
    book.get_worksheet_by_name("Enheder").write_formula(2, 2, "=1/0", None, "#DIV/0!")


@pytest.mark.parametrize(
    ("finish", "sentence"),
    [
        (merge, "Enheder, K1:L1: er flettede celler"),
        (formula, "Enheder, C3: er en formel. Indsæt den som værdi"),
        (error, "Enheder, C3: er en fejl i regnearket. Skriv værdien"),
    ],
)
def test_what_a_spreadsheet_hides_behind_a_value_is_told(finish, sentence):
    assert sentence in refusal_of(a_book(finish=finish), XLSX)


def test_two_sheets_of_one_name_are_refused():
    with zipfile.ZipFile(BytesIO(a_book())) as archive:
        book = archive.read("xl/workbook.xml")
    twice = book.replace(b'name="Medlemmer"', b'name="Rammer"')

    assert "To ark har samme navn" in refusal_of(
        repacked(a_book(), {"xl/workbook.xml": twice}), XLSX
    )


def test_what_people_do_to_a_spreadsheet_is_no_fault():
    def change(tables):
        tables.pop("Læs mig")
        tables["Kommune"][1][1] = date(2024, 8, 1)
        tables["Kommune"][1][0] = 999
        tables["Enheder"].insert(3, [""] * 9)
        tables["Enheder"][0][0] = " KODE\u00ad".replace("\u00ad", "")
        tables["Enheder"][2][1] = " Område "
        tables["Stillinger"][7][5] = "12"

    assert read_chain(a_book(change), XLSX) == a_chain()


def test_cells_that_do_not_say_where_they_stand_are_read_in_their_order():
    plain = b'<row><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'

    assert "Enheder, række 10, Kode" not in refusal_of(with_cell(plain), XLSX)


def test_a_day_with_a_time_of_day_is_that_day():
    later = cell("Kommune", 2, 1, datetime(2024, 8, 1, 12, 30))  # noqa: DTZ001 - as Excel has it

    assert read_chain(a_book(later), XLSX).as_of == date(2024, 8, 1)


def test_parts_of_a_spreadsheet_with_absolute_paths_are_found():
    with zipfile.ZipFile(BytesIO(a_book(finish=formula))) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels")
    absolute = relations.replace(b'"worksheets/', b'"/xl/worksheets/')
    data = repacked(a_book(finish=formula), {"xl/_rels/workbook.xml.rels": absolute})

    assert "Enheder, C3: er en formel" in refusal_of(data, XLSX)
