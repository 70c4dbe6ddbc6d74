"""An indicator file is refused until it says who, why, and what it can't bear.

Without a field, the file is refused, and the sentence names the field.
"""

import pytest
import yaml

from kaeden.goals import indicators
from kaeden.shared.errors import BadInput

COMPLETE = indicators.SHIPPED / "school-absence.yaml"

LEFT_OUT = """
    question       | what a leader would ask
    why            | why it matters
    population     | who is in it, and who isn't
    direction      | higher, lower, or no judgement
    measure        | which source the figure comes from
    axis           | what the axis says
    adjustment     | what it is compared with
    caveats        | how it can be misread
    misuse         | what it must not be used for
    disclosure_class | how sensitive it is
    minimum_group  | how few may be shown
    owner          | whose it is
    reviewed       | when it was last looked through
    review_due     | when it must be looked through again
"""

POLARITY = """
    direction    | axis
    higher       | Trivsel – højere er bedre
    lower        | Fravær – lavere er bedre
    no_judgement | Underretninger – ingen vurdering
"""


def rows(table):
    lines = [line.split("|") for line in table.strip().splitlines()]
    return [tuple(cell.strip() for cell in line) for line in lines]


def a_file(folder, content):
    path = folder / COMPLETE.name
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def complete():
    return yaml.safe_load(COMPLETE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("field", [field for field, _means in rows(LEFT_OUT)])
def test_a_file_that_leaves_it_out_is_refused(tmp_path, field):
    content = complete()
    del content[field]

    with pytest.raises(BadInput, match=rf"\n- {field}: "):
        indicators.load(a_file(tmp_path, content))


@pytest.mark.parametrize(("direction", "axis"), rows(POLARITY)[1:])
def test_the_axis_says_which_way_is_better(tmp_path, direction, axis):
    words = {"higher": "higher is better", "lower": "lower is better"}
    en = words.get(direction, "no judgement")
    content = complete() | {"direction": direction, "axis": {"da": axis, "en": en}}

    assert indicators.load(a_file(tmp_path, content)).axis.da == axis


@pytest.mark.parametrize(
    ("theme", "disclosure_class", "minimum_group", "is_taken"),
    [
        ("absence", "S1", 5, True),
        ("absence", "S1", 4, False),
        ("wellbeing", "S1", 5, False),
        ("wellbeing", "S2", 5, True),
        ("notifications", "S2", 10, False),
        ("notifications", "S3", 9, False),
        ("notifications", "S3", 10, True),
    ],
)
def test_the_more_sensitive_the_larger_the_group(
    tmp_path, theme, disclosure_class, minimum_group, is_taken
):
    content = complete() | {
        "theme": theme,
        "disclosure_class": disclosure_class,
        "minimum_group": minimum_group,
    }
    path = a_file(tmp_path, content)

    if is_taken:
        assert indicators.load(path).minimum_group == minimum_group
    else:
        with pytest.raises(BadInput):
            indicators.load(path)
