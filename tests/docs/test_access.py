"""What docs/access.md says of rights is what the product holds."""

from kaeden.access.rules import GRANTS, Role
from tests.docs.access_table import HEADS, PAGE, between, table


def test_the_table_of_rights_is_the_products():
    _before, written, _after = between(PAGE.read_text(encoding="utf-8"))

    assert written == table(), "python -m tests.docs.access_table writes it anew"


def test_the_three_chiefs_have_the_same_rights_and_all_others_stand_there():
    chiefs = (Role.CHIEF_SCHOOLS, Role.CHIEF_DAYCARE, Role.CHIEF_FAMILIES)

    assert all(GRANTS[chief] == GRANTS[Role.CHIEF_SCHOOLS] for chief in chiefs)
    assert set(HEADS) == set(Role) - set(chiefs[1:])
