"""The director downloads the chain, sends it, sees the difference, and loads it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.organisation.files.reading import LARGEST, read_chain
from kaeden.organisation.models import ChainUpload, Holding, Placement, Unit
from kaeden.shared.clock import now, today
from tests.builders.chain_files import XLSX, YAML, a_book, a_text
from tests.builders.chains import BEGAN, a_chain, applied, with_unit
from tests.builders.places import an_account, post_at

pytestmark = pytest.mark.django_db
TOWN = "dk/999"
MOVED = (("parent: nord", "parent: daycare"), ("'2024-08-01'", "'2025-08-01'"))


@pytest.fixture(autouse=True)
def _fjordby(db):
    applied(a_chain())


def as_holder(role, path):
    post, user = post_at(path, role), an_account(f"{role} {path}")
    # Known by name in the chain, and now also by a login.
    Holding.objects.update_or_create(
        post=post,
        valid_to=None,
        defaults={"user": user, "valid_from": BEGAN},
        create_defaults={"user": user, "valid_from": BEGAN},
    )
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def director():
    return as_holder(Role.DIRECTOR, TOWN)


def a_file(data=None, name=YAML):
    return {"file": SimpleUploadedFile(name, a_text(*MOVED) if data is None else data)}


@pytest.fixture
def sent(director, to):
    director.post(to("chain_send", "999"), a_file())
    return ChainUpload.objects.get()


def test_the_director_is_shown_what_the_file_changes_and_loads_it(director, to):
    page = director.post(to("chain_send", "999"), a_file(), follow=True)

    upload = ChainUpload.objects.get()
    assert page.redirect_chain == [(to("chain_changes", "999", upload.pk), 302)]
    assert "Fjordby Kommune: 1 ændring fra den 1. august 2025." in page.text
    assert "Børnehuset Solstrålen fra Klynge Nord til Dagtilbud" in page.text
    assert not Placement.objects.filter(valid_from="2025-08-01").exists()

    seen = {"seen": page.context["mark"]}
    loaded = director.post(to("chain_load", "999", upload.pk), seen, follow=True)

    assert "Kæden er indlæst: 1 ændring." in loaded.text
    assert Placement.objects.filter(valid_from="2025-08-01").count() == 1
    assert not ChainUpload.objects.exists()


@pytest.mark.parametrize(("form", "kind"), [("yaml", "yaml"), ("xlsx", "sheet")])
def test_what_is_downloaded_is_the_chain_and_changes_nothing(director, to, form, kind):
    file = director.get(to("chain_download", "999", form))

    name = f"kaede-999-{today()}.{form}"
    assert kind in file["Content-Type"]
    assert file["Content-Disposition"] == f'attachment; filename="{name}"'
    assert read_chain(file.content, name).post["direktor"].holder == "Direktøren"

    page = director.post(
        to("chain_send", "999"), a_file(file.content, name), follow=True
    )
    assert "intet er anderledes" in page.text
    assert "Indlæs kæden" not in page.text


def test_the_page_tells_everything_that_is_wrong_with_a_file(director, to):
    bad = a_text(("kind: school", "kind: skole"), ("staff: 12", "staff: tolv"))

    page = director.post(to("chain_send", "999"), a_file(bad))

    assert page.status_code == 400
    assert "kaede.yaml kan ikke bruges" in page.text
    assert "units → 5 → kind: der står “skole”" in page.text
    assert "posts → 7 → staff: der står “tolv”" in page.text
    assert not ChainUpload.objects.exists()


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "Vælg en fil."),
        (a_file(b""), "Filen er tom."),
        (a_file(b"x", "kaede.pdf"), "hverken .yaml eller .xlsx"),
        (a_file(b"x", XLSX), "ikke en hel .xlsx-fil"),
        (a_file(b"x" * (LARGEST + 10)), "større end 2000 kB"),
    ],
)
def test_what_is_no_chain_file_is_sent_back_with_the_reason(director, to, files, why):
    page = director.post(to("chain_send", "999"), files)

    assert page.status_code == 400
    assert why in page.text


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        (("'2024-08-01'", "'2999-08-01'"), 409, "er ikke kommet endnu"),
        (("carried_on", "carried_on"), 409, "er ændret efter den 1. august 2024"),
    ],
)
def test_a_chain_that_could_not_be_loaded_is_not_kept(
    director, to, change, status, why
):
    if status == 409 and "efter" in why:
        applied(with_unit(a_chain(), "999002", name="Fjordskolen"), on=today())
        change = ("as_of", "as_of")

    page = director.post(to("chain_send", "999"), a_file(a_text(change)))

    assert page.status_code == status
    assert why in page.text
    assert not ChainUpload.objects.exists()


def test_the_chain_of_another_municipality_is_refused(director, to):
    other = a_text().decode().replace("'999'", "'998'").encode()

    page = director.post(to("chain_send", "999"), a_file(other))

    assert page.status_code == 400
    assert "handler om kommune 998, ikke 999" in page.text


def test_a_chain_that_has_changed_meanwhile_is_looked_at_again(director, to, sent):
    page = director.get(to("chain_changes", "999", sent.pk))
    applied(with_unit(a_chain(), "999002", name="Fjordskolen"), on=BEGAN)

    late = director.post(
        to("chain_load", "999", sent.pk), {"seen": page.context["mark"]}
    )

    assert late.status_code == 409
    assert "Kæden er ændret, siden du så forskellen" in late.text
    assert ChainUpload.objects.exists()
    assert Unit.objects.get(code="999002").name == "Fjordskolen"


def test_a_file_can_be_thrown_away(director, to, sent):
    assert str(sent) == YAML

    page = director.post(to("chain_discard", "999", sent.pk), follow=True)

    assert "Filen er kasseret. Intet er ændret." in page.text
    assert not ChainUpload.objects.exists()


def test_a_file_is_kept_for_an_hour(director, to, sent):
    ChainUpload.objects.update(expires_at=now() - timedelta(seconds=1))

    assert director.get(to("chain_changes", "999", sent.pk)).status_code == 404

    director.post(to("chain_send", "999"), a_file(a_book(), XLSX))
    assert ChainUpload.objects.filter(pk=sent.pk).count() == 0


def test_every_step_stands_in_the_trail(director, to, sent):
    page = director.get(to("chain_changes", "999", sent.pk))
    director.post(to("chain_load", "999", sent.pk), {"seen": page.context["mark"]})

    kinds = Event.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["chain_applied", "chain_sent", "chain_applied"]


@pytest.mark.parametrize("route", ["chain_changes", "chain_load", "chain_discard"])
def test_nobody_sees_what_another_post_has_sent(to, sent, route):
    applied(a_chain(), on=today())
    ChainUpload.objects.update(post=post_at("dk/999/schools", Role.CHIEF_SCHOOLS))
    director = Client()
    director.force_login(Holding.objects.get(user__isnull=False).user)
    verb = director.get if route == "chain_changes" else director.post

    assert verb(to(route, "999", sent.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "path"),
    [(Role.CHIEF_SCHOOLS, "dk/999/schools"), (Role.LEADER, "dk/999/schools/999001")],
)
def test_only_the_director_loads_a_chain(to, role, path):
    other = as_holder(role, path)

    assert other.get(to("chain_file", "999")).status_code == 403
    assert other.get(to("chain_download", "999", "yaml")).status_code == 403
    assert other.post(to("chain_send", "999"), a_file()).status_code == 403
    assert to("chain_file", "999") not in other.get(to("structure", "999")).text


def test_the_director_finds_the_page(director, to):
    assert to("chain_file", "999") in director.get(to("structure", "999")).text
    assert director.get(to("chain_file", "999")).status_code == 200


def test_a_form_of_file_that_is_none_is_not_found(director, to):
    assert director.get(to("chain_download", "999", "pdf")).status_code == 404
