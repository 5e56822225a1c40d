"""Tests of ``mujaz.yamlevents``: the two parsers of PyYAML give the same reading."""

from __future__ import annotations

import pytest
import yaml

from mujaz import yamlevents
from mujaz.frontmatter import read_yaml
from mujaz.model import YamlNode
from mujaz.problems import Problem
from tests.test_frontmatter import RECORD, STRICT
from tests.test_yamlhints import ALL

TEXTS = [RECORD, *(text for text, _ in STRICT), *(text for text, *_ in ALL)]


def _read(
    text: str, loader: type, patch: pytest.MonkeyPatch
) -> tuple[YamlNode | None, list[Problem]]:
    patch.setattr(yamlevents, "_LOADER", loader)
    return read_yaml(text, "x")


@pytest.mark.parametrize("text", TEXTS)
def test_both_parsers_give_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values, places and problems do not depend on whether libyaml is there."""
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        pytest.skip("PyYAML was built without libyaml")
    fast = _read(text, loader, monkeypatch)
    assert fast == _read(text, yaml.SafeLoader, monkeypatch)


def test_columns_count_every_character() -> None:
    """Letters beyond 16 bits, marks and byte order marks inside a line count one column each."""
    events = list(yamlevents.events("ع: \U0001f600\ufeff \u200eب"))
    texts = [each for each in events if each.kind is yamlevents.Is.TEXT]
    assert [(each.column, each.value) for each in texts] == [
        (0, "ع"),
        (3, "\U0001f600\ufeff \u200eب"),
    ]


def test_a_fault_has_offsets() -> None:
    """Where reading fails, the exception says so in offsets of the text."""
    with pytest.raises(yamlevents.SyntaxFault) as caught:
        list(yamlevents.events("a: 'ب\n"))
    assert (caught.value.context, caught.value.scanning) == (3, True)
