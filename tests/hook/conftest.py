"""What these tests share."""

from pathlib import Path

import pytest

from tests.receiving import Server, served


@pytest.fixture
def server(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A copy of a shared repository with the hook, and of a clone of it."""
    return served(tmp_path, tmp_path_factory)
