"""What commands share on the terminal: progress, where there is one and where there is none."""

import pytest

from queries.command_line import progress_shown
from queries.server import Progress


def test_where_no_line_can_change_long_steps_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_shown() as on_progress:
        for done in (0, 5_000_000):
            on_progress(
                Progress(step="download", message="Downloading", done=done, total=10_000_000)
            )
        on_progress(Progress(step="start", message="Starting Neo4j"))
        on_progress(Progress(step="prepare", message="Preparing Neo4j"))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "Downloading (10 MB)\nPreparing Neo4j\n"
