"""Every document that the sample orders have, issued, comes out the same again from its record."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from docpipe.documents.printer import documents
from docpipe.documents.wording import name_of
from docpipe.steps.issue import issue
from docpipe.trust.invariants.remaking import Outcome
from docpipe.workspace.traced_workspace import TracedWorkspace
from docpipe.workspace.workspace import Workspace
from tests.issuing import kept
from tests.tampering import looked_at

pytestmark = pytest.mark.soak


def test_every_sample_document_is_made_again_byte_for_byte(shop: Path) -> None:
    workspace, count = Workspace(kept(shop)), 0
    for folder in workspace.order_folders:
        kinds = workspace.documents.values()
        for document in list(documents(workspace, workspace.order(folder), kinds)):
            issue(TracedWorkspace(shop), folder, name_of(document), "", datetime.now(UTC))
            count += 1
    found, said = looked_at(shop)
    assert found.violations == (), said
    assert [each.outcome for each in found.documents] == [Outcome.BYTES] * count
    assert count > 150
