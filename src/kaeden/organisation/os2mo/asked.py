"""What a chain is made from: facts on a day, the mapping, and what we know already."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kaeden.organisation.chain import Chain
from kaeden.organisation.os2mo.facts import Facts, UnitFact
from kaeden.organisation.os2mo.mapping import Mapping


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question of one day; `base` is the chain as we know it, if there is one."""

    day: date
    facts: Facts
    mapping: Mapping
    base: Chain | None

    @cached_property
    def units(self) -> MappingOf[str, UnitFact]:
        """The units that OS2mo has on the day, by uuid."""
        return self.facts.units.on(self.day)
