"""Addresses of the pages: Danish words, because people read and share them."""

from django.urls import path

from kaeden.web import (
    accounts,
    chain_files,
    commitments,
    communities,
    community_urls,
    data,
    desks,
    dialogue,
    drafts,
    expectations,
    goal_targets,
    goal_work,
    goal_writing,
    goals,
    held,
    indicators,
    judging_urls,
    line_urls,
    organisation,
    posts,
    presence_urls,
    publication,
    pulse,
    questions,
    support_urls,
    time_urls,
    trail,
)

app_name = "web"
urlpatterns = [
    path("", publication.denmark, name="denmark"),
    path("kommune/<str:code>/", publication.municipality, name="municipality"),
    path("kommune/<str:code>/kaede/", organisation.chain, name="chain"),
    path("kommune/<str:code>/brud/", organisation.breaks, name="breaks"),
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
    path("kommune/<str:code>/logbog/", trail.trail, name="trail"),
    path("kommune/<str:code>/logbog/logbog.csv", trail.trail_file, name="trail_file"),
    path("kommune/<str:code>/enheder/", organisation.units, name="units"),
    path("kommune/<str:code>/enhed/<str:unit>/", organisation.unit, name="unit"),
    path(
        "kommune/<str:code>/faellesskaber/",
        communities.communities,
        name="communities",
    ),
    path(
        "kommune/<str:code>/faellesskaber/nyt/", communities.new, name="new_community"
    ),
    path(
        "kommune/<str:code>/faellesskaber/nyt/gem/",
        communities.form,
        name="form_community",
    ),
    path(
        "kommune/<str:code>/faellesskaber/<str:key>/",
        communities.community,
        name="community",
    ),
    path(
        "kommune/<str:code>/faellesskaber/<str:key>/ret/",
        communities.change,
        name="change_community",
    ),
    path(
        "kommune/<str:code>/faellesskaber/<str:key>/gem/",
        communities.save,
        name="save_community",
    ),
    path(
        "kommune/<str:code>/faellesskaber/<str:key>/afslut/",
        communities.end,
        name="end_community",
    ),
    path("kommune/<str:code>/udkast/", drafts.drafts, name="drafts"),
    path("kommune/<str:code>/udkast/nyt/", drafts.begin, name="begin_draft"),
    path("kommune/<str:code>/udkast/<int:pk>/", drafts.draft, name="draft"),
    path(
        "kommune/<str:code>/udkast/<int:pk>/trin/<slug:slug>/",
        drafts.add_step,
        name="add_step",
    ),
    path(
        "kommune/<str:code>/udkast/<int:pk>/fjern/<int:place>/",
        drafts.remove_step,
        name="remove_step",
    ),
    path(
        "kommune/<str:code>/udkast/<int:pk>/gennemfoer/",
        drafts.carry_out,
        name="carry_out",
    ),
    path("kommune/<str:code>/udkast/<int:pk>/slet/", drafts.drop, name="throw_draft"),
    path(
        "kommune/<str:code>/udkast/<int:pk>/kaede.yaml",
        drafts.download,
        name="draft_file",
    ),
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
    path("kommune/<str:code>/maal/", goals.goals, name="goals"),
    path("kommune/<str:code>/vaerdier/", held.vision_and_values, name="held"),
    path("kommune/<str:code>/vaerdier/vision/", held.write_vision, name="write_vision"),
    path("kommune/<str:code>/vaerdier/gem/", held.write_value, name="write_value"),
    path(
        "kommune/<str:code>/vaerdier/<int:pk>/fjern/", held.end_value, name="end_value"
    ),
    path("kommune/<str:code>/nyt-maal/", goal_writing.write, name="write_goal"),
    path("kommune/<str:code>/nyt-maal/tjek/", goal_writing.check, name="check_goal"),
    path("kommune/<str:code>/nyt-maal/kladde/", goal_writing.save, name="save_draft"),
    path("kommune/<str:code>/nyt-maal/vedtag/", goal_writing.adopt, name="adopt_own"),
    path(
        "kommune/<str:code>/nyt-maal/<int:pk>/kasser/",
        goal_writing.drop,
        name="drop_draft",
    ),
    path("kommune/<str:code>/maal/<slug:key>/", goals.goal, name="goal"),
    path("kommune/<str:code>/maal/<slug:key>/vedtag/", goals.adopt, name="adopt"),
    path(
        "kommune/<str:code>/maal/<slug:key>/skriv-om/",
        goal_writing.reword,
        name="reword_goal",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/skriv-om/gem/",
        goal_writing.save_reworded,
        name="save_reworded_goal",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/ejer/",
        goal_writing.owner,
        name="goal_owner",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/ejer/gem/",
        goal_writing.give,
        name="give_goal",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/afslut/", goal_writing.end, name="end_goal"
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/", goal_work.here, name="goal_here"
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/gem/",
        goal_work.take_up,
        name="take_up_goal",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/slip/",
        goal_work.let_go,
        name="let_go_of_goal",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/vej/",
        goal_work.write_strategy,
        name="write_strategy",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/indsats/",
        goal_work.begin_effort,
        name="begin_effort",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/indsats/<int:pk>/slut/",
        goal_work.end_effort,
        name="end_effort",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/bidrag/",
        goal_work.contribute,
        name="contribute",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/hos-os/bidrag/slut/",
        goal_work.end_contribution,
        name="end_contribution",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/maaltal/<str:unit>/",
        goal_targets.new,
        name="set_target",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/maaltal/<str:unit>/gem/",
        goal_targets.save,
        name="save_target",
    ),
    path("kommune/<str:code>/maaltal/<int:pk>/", goal_targets.target, name="target"),
    path(
        "kommune/<str:code>/maaltal/<int:pk>/status/",
        goal_targets.check_in,
        name="check_in",
    ),
    path(
        "kommune/<str:code>/maaltal/<int:pk>/afvigelse/",
        goal_targets.accept,
        name="accept_deviation",
    ),
    path(
        "kommune/<str:code>/maaltal/<int:pk>/slut/", goal_targets.end, name="end_target"
    ),
    path("institution/<str:code>/", publication.institution, name="institution"),
    path("indikator/", indicators.all_of_them, name="indicators"),
    path("indikator/<slug:name>/", indicators.one, name="indicator"),
    path("indikator/<slug:name>/tal.csv", indicators.download, name="download"),
    path("data/", data.sources, name="sources"),
    path("soeg/", organisation.search, name="search"),
    path("stilling/<int:pk>/udfyld/", organisation.fill, name="fill"),
    path("stilling/<int:pk>/fratraed/", organisation.vacate, name="vacate"),
    path("bord/", desks.desk, name="desk"),
    path("vurder/<str:code>/<slug:name>/", dialogue.result, name="result"),
    path("vurder/<str:code>/<slug:name>/gem/", dialogue.assess, name="assess"),
    *judging_urls.urlpatterns,
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
    path("aftaler/", commitments.all_of_mine, name="commitments"),
    path("aftaler/<int:pk>/", commitments.one, name="commitment"),
    path("aftaler/ny/", commitments.begin, name="begin_commitment"),
    path("aftaler/ny/<int:pk>/", commitments.new, name="new_commitment"),
    path(
        "aftaler/ny/<int:pk>/foreslaa/", commitments.promise, name="promise_commitment"
    ),
    path("aftaler/<int:pk>/accepter/", commitments.accept, name="accept_commitment"),
    path("aftaler/<int:pk>/afvis/", commitments.decline, name="decline_commitment"),
    path("aftaler/<int:pk>/holdt/", commitments.keep, name="keep_commitment"),
    path(
        "aftaler/<int:pk>/ikke-holdt/", commitments.give_up, name="give_up_commitment"
    ),
    path(
        "aftaler/<int:pk>/aendr/",
        commitments.renegotiate,
        name="renegotiate_commitment",
    ),
    path("spoergsmaal/", questions.all_of_mine, name="questions"),
    path("spoergsmaal/<int:pk>/", questions.one, name="question"),
    path("spoergsmaal/<int:pk>/svar/", questions.answer, name="answer_question"),
    path(
        "spoergsmaal/<int:pk>/traek-tilbage/",
        questions.withdraw,
        name="withdraw_question",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/spoerg/",
        questions.new,
        name="new_question",
    ),
    path(
        "kommune/<str:code>/maal/<slug:key>/spoerg/stil/",
        questions.ask,
        name="ask_question",
    ),
    *community_urls.urlpatterns,
    *line_urls.urlpatterns,
    *support_urls.urlpatterns,
    *time_urls.urlpatterns,
    *presence_urls.urlpatterns,
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
    path("konto/mail/", accounts.choose_reminders, name="choose_reminders"),
    path("om/", publication.about, name="about"),
    path("hvor-bliver-det/", publication.where, name="where"),
]
