"""Small groups are not shown.

What the engine found is on the left, what leaves for anybody to see on the right. The
limit is five children, and never fewer whatever an indicator's file says.
"""

from kaeden.publication.rules import NUMBERS, Limits, protect

FIVE, TEN = (Limits(minimum_group=limit, decimals=1) for limit in (5, 10))
PHRASES = {"value": "", "hidden": "hidden", "missing": "missing"}


def shown(limits, table):
    """Return a table of (unit, children, share) as it may leave."""
    return [
        (unit, place["n"], place["value"], PHRASES[place["status"]])
        for unit, children, share in table
        for place in [protect(a_place(children, share), limits)]
    ]


def a_place(children, share):
    status = "missing" if share is None else "value"
    texts = {"status": status, "origin": "published", "reliability": "", "signal": ""}
    return (
        dict.fromkeys(NUMBERS) | texts | {"state": ""} | {"n": children, "value": share}
    )


def test_a_group_below_five_is_hidden_and_so_is_its_size():
    assert shown(
        FIVE,
        [
            ("Nordskolen", 412, 7.5),
            ("Sydskolen", 5, 8.0),
            ("Øskolen", 4, 9.5),
            ("Vestskolen", 1, 0.0),
            ("Lukket skole", 0, None),
        ],
    ) == [
        ("Nordskolen", 412, 7.5, ""),
        ("Sydskolen", 5, 8.0, ""),
        ("Øskolen", None, None, "hidden"),
        ("Vestskolen", None, None, "hidden"),
        ("Lukket skole", None, None, "missing"),
    ]


def test_an_indicator_of_social_cases_hides_groups_below_ten():
    assert shown(TEN, [("Nordby", 10, 7.5), ("Sydby", 9, 8.0)]) == [
        ("Nordby", 10, 7.5, ""),
        ("Sydby", None, None, "hidden"),
    ]


def test_an_indicator_cannot_lower_the_limit():
    nothing = Limits(minimum_group=0, decimals=1)

    assert shown(nothing, [("Øskolen", 4, 9.5)]) == [("Øskolen", None, None, "hidden")]


def test_a_published_figure_whose_size_nobody_has_published_is_shown():
    assert shown(FIVE, [("Nordskolen", None, 7.5)]) == [("Nordskolen", None, 7.5, "")]


def test_with_a_small_group_everything_worked_out_from_it_goes_too():
    everything = {name: 1.0 for name in NUMBERS if name != "n"} | {"n": 4}
    texts = {"status": "value", "origin": "published"}
    words = {"reliability": "low", "signal": "comparison", "state": "differs"}

    left = protect(everything | texts | words, FIVE)

    assert {name: left[name] for name in NUMBERS} == dict.fromkeys(NUMBERS)
    assert (left["reliability"], left["signal"]) == ("", "")
    assert left["state"] == "untested"


def test_no_number_is_finer_than_it_is_certain():
    place = a_place(412, 7.4649) | {"estimate": 7.4649, "low": 6.9921, "high": 7.9411}

    left = protect(place, FIVE)

    assert (left["value"], left["estimate"]) == (7.5, 7.46)
    assert (left["low"], left["high"]) == (6.99, 7.95)  # outwards, never inwards
