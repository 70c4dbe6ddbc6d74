"""Addresses of the pages: Danish words, because people read and share them."""

from django.urls import path

from kaeden.web import (
    accounts,
    chain_files,
    data,
    dialogue,
    expectations,
    goals,
    indicators,
    organisation,
    posts,
    publication,
    pulse,
)

app_name = "web"
urlpatterns = [
    path("", publication.denmark, name="denmark"),
    path("kommune/<str:code>/", publication.municipality, name="municipality"),
    path("kommune/<str:code>/kaede/", organisation.chain, name="chain"),
    path("kommune/<str:code>/kaede/fil/", chain_files.chain_file, name="chain_file"),
    path(
        "kommune/<str:code>/kaede/fil/kaede.<str:form>",
        chain_files.chain_download,
        name="chain_download",
    ),
    path(
        "kommune/<str:code>/kaede/fil/send/", chain_files.chain_send, name="chain_send"
    ),
    path(
        "kommune/<str:code>/kaede/fil/<int:pk>/",
        chain_files.chain_changes,
        name="chain_changes",
    ),
    path(
        "kommune/<str:code>/kaede/fil/<int:pk>/indlaes/",
        chain_files.chain_load,
        name="chain_load",
    ),
    path(
        "kommune/<str:code>/kaede/fil/<int:pk>/kasser/",
        chain_files.chain_discard,
        name="chain_discard",
    ),
    path("kommune/<str:code>/enheder/", organisation.units, name="units"),
    path("kommune/<str:code>/enhed/<str:unit>/", organisation.unit, name="unit"),
    path("kommune/<str:code>/stillinger/", organisation.structure, name="structure"),
    path("kommune/<str:code>/stilling/<str:key>/", posts.post, name="post"),
    path(
        "kommune/<str:code>/stilling/<str:key>/beskrivelse/",
        posts.charter,
        name="charter",
    ),
    path(
        "kommune/<str:code>/stilling/<str:key>/beskrivelse/gem/",
        posts.write_charter,
        name="write_charter",
    ),
    path("kommune/<str:code>/maal/<slug:key>/", goals.goal, name="goal"),
    path("kommune/<str:code>/maal/<slug:key>/vedtag/", goals.adopt, name="adopt"),
    path("institution/<str:code>/", publication.institution, name="institution"),
    path("indikator/", indicators.all_of_them, name="indicators"),
    path("indikator/<slug:name>/", indicators.one, name="indicator"),
    path("indikator/<slug:name>/tal.csv", indicators.download, name="download"),
    path("data/", data.sources, name="sources"),
    path("soeg/", organisation.search, name="search"),
    path("stilling/<int:pk>/udfyld/", organisation.fill, name="fill"),
    path("stilling/<int:pk>/fratraed/", organisation.vacate, name="vacate"),
    path("bord/", dialogue.desk, name="desk"),
    path("vurder/<str:code>/<slug:name>/", dialogue.result, name="result"),
    path("vurder/<str:code>/<slug:name>/gem/", dialogue.assess, name="assess"),
    path("dagsorden/<int:pk>/optag/", dialogue.accept, name="accept"),
    path("dagsorden/<int:pk>/afvis/", dialogue.decline, name="decline"),
    path("forventninger/", expectations.all_of_mine, name="expectations"),
    path("forventninger/<int:pk>/", expectations.one_link, name="expectation_link"),
    path(
        "forventninger/<int:pk>/<str:way>/foreslaa/",
        expectations.propose,
        name="propose_expectation",
    ),
    path(
        "forventning/<int:pk>/talt-om/",
        expectations.discuss,
        name="discuss_expectation",
    ),
    path(
        "forventning/<int:pk>/bekraeft/",
        expectations.confirm,
        name="confirm_expectation",
    ),
    path(
        "forventning/<int:pk>/traek-tilbage/",
        expectations.withdraw,
        name="withdraw_expectation",
    ),
    path("puls/", pulse.ask, name="pulse"),
    path("puls/svar/", pulse.answer, name="answer_pulse"),
    path("puls/aabn/", pulse.open_round, name="open_pulse"),
    path("puls/luk/", pulse.close_round, name="close_pulse"),
    path("puls/resultat/", pulse.results, name="pulse_results"),
    path("puls/resultat/<int:pk>/", pulse.results, name="pulse_round"),
    path("log-ind/", accounts.sign_in, name="sign_in"),
    path("log-ind/demo/", accounts.enter_demo, name="enter_demo"),
    path("log-ud/", accounts.sign_out, name="sign_out"),
    path("handl-som/", accounts.act, name="act"),
    path("konto/", accounts.account, name="account"),
    path("konto/andre/", accounts.end_other_sessions, name="end_other_sessions"),
    path("om/", publication.about, name="about"),
]
