"""Small files of children's rows, and rows in a lake."""

import numpy as np

from tests.builders.files import a_file

HEADER = (
    "skoleår;enhed;klasse;barn;klassetrin;køn;sprog;forældres_uddannelse;"
    "tidligere_resultat;trivsel;karakter;ungdomsuddannelse"
)
FOUR = (
    "2023/24;999001;7a;q1;7;pige;dansk;13;;3,8;;",
    "2023/24;999001;7a;q2;7;dreng;flere;9;;;;",
    "2024/25;999001;8a;q1;8;pige;dansk;13;;3,9;;",
    "2024/25;999002;8a;q2;8;dreng;flere;9;;4,2;;",
)


def a_file_of_children(*lines: str) -> bytes:
    """The bytes of a file of children's rows; without lines, of four of them."""
    return a_file(*(lines or FOUR), header=HEADER)


def many_children(
    units: tuple[str, ...], *, each: int = 60, year: str = "2024/25", seed: int = 7
) -> tuple[str, ...]:
    """Lines of so many children in two classes at each unit, with wellbeing alone.

    A year of parents' education means 0.05, the units lie 0.2 apart.
    """
    rng = np.random.default_rng(seed)
    lines = []
    for place, unit in enumerate(units):
        level = 3.6 + 0.2 * rng.normal()
        for child in range(each):
            years = int(rng.integers(9, 18))
            score = level + 0.05 * (years - 13) + 0.5 * rng.normal()
            told = f"{min(max(score, 1), 5):.2f}".replace(".", ",")
            letter, gender = "ab"[child % 2], ("pige", "dreng")[child // 2 % 2]
            lines.append(
                f"{year};{unit};7{letter};p{place}-{child};7;{gender};dansk;{years};;{told};;"
            )
    return tuple(lines)
