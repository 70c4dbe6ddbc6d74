"""Addresses of where differences lie, and of raw beside fair values."""

from django.urls import path

from kaeden.web import differences, for_whom

HERE = "kommune/<str:code>/forskelle/"

urlpatterns = [
    path(HERE, differences.all_of_them, name="all_differences"),
    path(f"{HERE}<slug:name>/", differences.differences, name="differences"),
    path(f"{HERE}<slug:name>/retfaerdigt/", differences.fair, name="fair"),
    path(f"{HERE}<slug:name>/spredning/", differences.spread, name="spread"),
    path(f"{HERE}<slug:name>/baggrund/", differences.gradient, name="gradient"),
    path(f"{HERE}<slug:name>/for-hvem/", for_whom.for_whom, name="for_whom"),
    path(f"{HERE}<slug:name>/metode/", differences.method, name="model_method"),
    path(f"{HERE}<slug:name>/tal.csv", differences.download, name="model_file"),
    path("eksempel/pisa-2003/", differences.worked_example, name="worked_example"),
]
