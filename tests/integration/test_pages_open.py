import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

PAGES = [
    "/",
    "/kommune/706/",
    "/kommune/706/kaede/",
    "/kommune/706/enheder/",
    "/kommune/706/maal/in-school-every-day/",
    "/institution/101003/",
    "/indikator/",
    "/indikator/school-absence/",
    "/indikator/school-absence/tal.csv",
    "/data/",
    "/soeg/?q=nord",
    "/log-ind/",
    "/log-ind/?kommune=706",
    "/om/",
]


@pytest.mark.parametrize("page", PAGES)
def test_anybody_can_open_the_public_pages(client, page):
    assert client.get(page).status_code == 200
