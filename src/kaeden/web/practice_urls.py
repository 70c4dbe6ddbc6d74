"""Addresses of what works: practices, their use, what leaders write, competences."""

from django.urls import path

from kaeden.web import competences, practices, written_practices

BASE = "det-der-virker/"
urlpatterns = [
    path(BASE, practices.all_of_them, name="practices"),
    path(f"{BASE}valg/", practices.side_by_side, name="practice_choice"),
    path(f"{BASE}i-brug/", practices.in_use, name="in_use"),
    path(f"{BASE}i-brug/<int:pk>/", practices.adoption, name="adoption"),
    path(f"{BASE}i-brug/<int:pk>/fortael/", practices.tell, name="tell_adoption"),
    path(f"{BASE}i-brug/<int:pk>/slut/", practices.end, name="end_adoption"),
    path(f"{BASE}kompetencer/", competences.the_map, name="competences"),
    path(f"{BASE}kompetencer/<slug:key>/", competences.count, name="count_competence"),
    path(
        f"{BASE}kompetencer/<slug:key>/gem/",
        competences.note_count,
        name="note_competence",
    ),
    path(f"{BASE}skriv/", written_practices.new, name="new_practice"),
    path(f"{BASE}skriv/gem/", written_practices.write, name="write_practice"),
    path(f"{BASE}skrevet/", written_practices.all_of_mine, name="written_practices"),
    path(f"{BASE}skrevet/<int:pk>/", written_practices.one, name="written_practice"),
    path(
        f"{BASE}skrevet/<int:pk>/ret/",
        written_practices.again,
        name="rewrite_practice",
    ),
    path(
        f"{BASE}skrevet/<int:pk>/ret/gem/",
        written_practices.write_again,
        name="write_practice_again",
    ),
    path(
        f"{BASE}skrevet/<int:pk>/traek-tilbage/",
        written_practices.withdraw,
        name="withdraw_practice",
    ),
    path(
        f"{BASE}skrevet/<int:pk>/godkend/",
        written_practices.accept,
        name="accept_practice",
    ),
    path(
        f"{BASE}skrevet/<int:pk>/send-tilbage/",
        written_practices.send_back,
        name="send_back_practice",
    ),
    path(f"{BASE}<slug:key>/", practices.one, name="practice"),
    path(f"{BASE}<slug:key>/tag-i-brug/", practices.adopt, name="adopt_practice"),
    path(f"{BASE}<slug:key>/beslut/", practices.decide, name="decide_practice"),
]
