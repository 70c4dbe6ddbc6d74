"""Fjordby as OS2mo would hold it: units, managers, words, and a year of changes."""

from uuid import NAMESPACE_URL, uuid5

from tests.os2mo.server import World

BEGAN, MOVED = "2024-08-01", "2025-08-01"
LAST_BEFORE = "2025-07-31"


def uuid(name):
    """The lasting uuid of a thing by its name."""
    return str(uuid5(NAMESPACE_URL, name))


def valid(begins=BEGAN, last=None):
    """A validity as OS2mo writes it: both days count."""
    end = f"{last}T00:00:00+02:00" if last else None
    return {"from": f"{begins}T00:00:00+02:00" if begins else None, "to": end}


def reference(name):
    return {"uuid": uuid(name)} if name else None


def a_class(facet, key):
    fact = {"user_key": key, "name": key, "scope": "TEXT", "validity": valid(None)}
    return {"uuid": uuid(key), "facet": facet, "validities": [fact]}


def a_unit(key, *facts):
    """A unit with its facts, each a dict of what it says then."""
    return {"uuid": uuid(key), "validities": [_unit(key, **fact) for fact in facts]}


def _unit(key, *, name, parent, type, when=None):  # noqa: A002 - OS2mo's own word
    return {
        "uuid": uuid(key),
        "user_key": key,
        "name": name,
        "parent_response": reference(parent),
        "unit_type_response": reference(type),
        "validity": when or valid(),
    }


def a_manager(name, *facts):
    """A manager with its facts, each a dict of what it says then."""
    return {"uuid": uuid(name), "validities": [_manager(name, **f) for f in facts]}


def _manager(name, *, unit, level, kind="", person=None, does=(), when=None):
    return {
        "uuid": uuid(name),
        "user_key": name,
        "person_response": reference(person),
        "org_unit_response": reference(unit),
        "manager_level_response": reference(level),
        "manager_type_response": reference(kind),
        "responsibilities_response": {
            "objects": [reference(one) for one in does],
            "page_info": {"next_cursor": None},
        },
        "validity": when or valid(),
    }


def a_person(name):
    given, _blank, surname = name.partition(" ")
    fact = {"given_name": given, "surname": surname, "cpr_number": "0101901234"}
    return {
        "uuid": uuid(name),
        "validities": [{"user_key": name, **fact, "validity": valid(None)}],
    }


def fjordby():
    """A whole small OS2mo; in August 2025 a house moves and a leader leaves."""
    before, after = valid(BEGAN, LAST_BEFORE), valid(MOVED)
    house = {"name": "Børnehuset Solstrålen", "type": "institution"}
    return World(
        classes=[
            *(a_class("manager_level", f"niveau{n}") for n in (1, 2, 3, 4)),
            a_class("manager_type", "leder"),
            a_class("responsibility", "skole"),
            a_class("responsibility", "dagtilbud"),
            *(
                a_class("org_unit_type", key)
                for key in ("forvaltning", "omraade", "klynge", "institution", "skole")
            ),
            a_class("org_unit_type", "stab"),
            a_class("engagement_type", "timeansat"),
        ],
        org_units=[
            a_unit("hele", {"name": "Fjordby", "parent": None, "type": "forvaltning"}),
            a_unit("boern", {"name": "Børn", "parent": "hele", "type": "forvaltning"}),
            a_unit("teknik", {"name": "Vej", "parent": "hele", "type": "omraade"}),
            a_unit("skoler", {"name": "Skoler", "parent": "boern", "type": "omraade"}),
            a_unit("dag", {"name": "Dagtilbud", "parent": "boern", "type": "omraade"}),
            a_unit("stab", {"name": "Stab", "parent": "boern", "type": "stab"}),
            a_unit("nord", {"name": "Nord", "parent": "dag", "type": "klynge"}),
            a_unit("syd", {"name": "Syd", "parent": "dag", "type": "klynge"}),
            a_unit(
                "999001",
                {"name": "Nordskolen", "parent": "skoler", "type": "skole"},
            ),
            a_unit(
                "sol",
                {**house, "parent": "nord", "when": before},
                {**house, "parent": "syd", "when": after},
            ),
        ],
        managers=[
            a_manager("m1", {"unit": "boern", "level": "niveau1", "person": "D E"}),
            a_manager(
                "m2",
                {
                    "unit": "skoler",
                    "level": "niveau2",
                    "person": "S C",
                    "does": ("skole",),
                },
            ),
            a_manager(
                "m3", {"unit": "dag", "level": "niveau2", "does": ("dagtilbud",)}
            ),
            a_manager("m4", {"unit": "nord", "level": "niveau3", "person": "N L"}),
            a_manager("m5", {"unit": "999001", "level": "niveau4", "person": "L N"}),
            a_manager(
                "m6",
                {"unit": "sol", "level": "niveau4", "person": "L S", "when": before},
                {"unit": "sol", "level": "niveau4", "person": None, "when": after},
            ),
            a_manager("m7", {"unit": "stab", "level": "niveau3", "person": "S S"}),
            a_manager("m8", {"unit": "teknik", "level": "niveau2", "person": "V M"}),
            a_manager("m9", {"unit": "999001", "level": "niveau3", "kind": "leder"}),
        ],
        persons=[
            a_person(name)
            for name in ("D E", "S C", "N L", "L N", "L S", "S S", "V M", "U D")
        ],
    )


MAPPING = """\
municipality: "999"
name: Fjordby
root: boern
units:
  omraade: area
  klynge: cluster
  institution: daycare
  skole: school
codes:
  skoler: schools
  dag: daycare
  sol: G99901
posts:
  - when: {level: niveau1}
    role: director
    title: Direktør for børn
    key: direktor
  - when: {level: niveau2, responsibility: skole}
    role: chief_schools
  - when: {level: niveau2, responsibility: dagtilbud}
    role: chief_daycare
  - when: {level: niveau3, unit_kind: cluster}
    role: area_leader
  - when: {level: niveau4}
    role: leader
    title: Leder af {unit}
    charter:
      area: "{unit}: børnene, deres forældre og personalet."
      decision_room: Ansætter og planlægger inden for rammen.
      tasks: {lead_close: holds, develop: shares}
      not_mine:
        - words: Visitation
          ask: chief_daycare
"""
