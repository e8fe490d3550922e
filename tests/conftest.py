"""The order of the tests: the longest first, so that no worker is left alone with it at the end."""

from __future__ import annotations

import pytest

LONGEST = "test_sweep_oracle.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name != LONGEST)
