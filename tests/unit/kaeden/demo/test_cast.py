"""The demo's own files are held to their schema like any other."""

import pytest

from kaeden.demo import cast
from kaeden.shared.errors import BadInput


def test_a_slip_in_a_file_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(cast, "FILES", tmp_path)
    (tmp_path / "town.yaml").write_text("code: 999\n", encoding="utf-8")

    with pytest.raises(BadInput, match="schools"):
        cast.from_file("town.yaml", cast.Cast)
