import pytest

from kaeden.conditions.rules.alike import MOST_OFFERED, alike

SAME = [
    ("Indberetning af fravær i tre systemer", "Fravær indberettes i flere systemer"),
    ("Fraværsindberetning", "Indberetning af fravær"),
    ("Vedligehold af Aula-data", "Jeg retter Aula data for personalet"),
    ("Ringe efter håndværkere", "Håndværkere og vedligehold af bygninger"),
    ("Indkøb over 5.000 kr. skal godkendes", "Godkendelse af små indkøb"),
    ("Kontrol af lønsedler", "Månedlig kontrol af løn"),
    ("Bestilling af vikarer", "VIKARBESTILLING"),
]
OTHER = [
    ("Indberetning af fravær i tre systemer", "Vedligehold af Aula-data"),
    ("Ringe efter håndværkere", "Ringe til forældre om fravær"),
    ("Møder uden dagsorden", "Mange bestillinger af vikarer"),
    ("Månedlig økonomirapport", "Indkøb over 5.000 kr. skal godkendes"),
    ("Vagtplan i to systemer", "Fravær hver dag"),
]


@pytest.mark.parametrize(("title", "other"), SAME)
def test_the_same_in_other_words_is_offered(title, other):
    assert alike(title, {1: other}) == alike(other, {1: title}) == (1,)


@pytest.mark.parametrize(("title", "other"), OTHER)
def test_something_else_is_not(title, other):
    assert alike(title, {1: other}) == ()


def test_the_closest_come_first_and_only_a_few():
    others = {n: f"Indberet fraværet i skema {n}" for n in range(9)}
    others[9] = "Indberetning af fravær"

    found = alike("Indberetning af fravær", others)

    assert (len(found), found[0]) == (MOST_OFFERED, 9)


@pytest.mark.parametrize("nothing", ["", "...", "af og til"])
def test_words_that_say_nothing_are_like_nothing(nothing):
    assert alike(nothing, {1: "Indberetning", 2: nothing}) == ()
