"""Addresses of tests of change and of lessons."""

from django.urls import path

from kaeden.web import lessons, tests_of_change

TEST = "afproevninger/<int:pk>/"

urlpatterns = [
    path("afproevninger/", tests_of_change.all_of_mine, name="tests_of_change"),
    path("afproevninger/ny/", tests_of_change.new, name="new_test_of_change"),
    path("afproevninger/ny/gem/", tests_of_change.plan, name="plan_test"),
    path(TEST, tests_of_change.one, name="test_of_change"),
    path(f"{TEST}start/", tests_of_change.begin, name="begin_test"),
    path(f"{TEST}taelling/", tests_of_change.observe, name="observe_test"),
    path(
        f"{TEST}taelling/<int:count>/fjern/",
        tests_of_change.take_back,
        name="take_back_count",
    ),
    path(f"{TEST}beslut/", tests_of_change.decide, name="decide_test"),
    path(f"{TEST}forlaeng/", tests_of_change.prolong, name="prolong_test"),
    path(f"{TEST}del/", tests_of_change.share, name="share_test"),
    path(f"{TEST}spoerg/", tests_of_change.ask_to_join, name="ask_to_join_test"),
    path(f"{TEST}deltag/", tests_of_change.join, name="join_test"),
    path(f"{TEST}forlad/", tests_of_change.leave, name="leave_test"),
    path("erfaringer/", lessons.search, name="lessons"),
    path("erfaringer/ny/", lessons.new, name="new_lesson"),
    path("erfaringer/ny/gem/", lessons.write, name="write_lesson"),
    path(
        "erfaringer/<int:pk>/traek-tilbage/", lessons.withdraw, name="withdraw_lesson"
    ),
]
