"""Files for a client: whole or not at all, and for their owner alone."""

import os
import stat
from pathlib import Path

import pytest

from data.errors import InputError
from proposals import folder


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_files_for_a_client_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    paths = folder.write(tmp_path / "new", {"email.txt": b"one", "email.html": b"two"})
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "email.html").mkdir()
    (tmp_path / "email.txt").write_bytes(b"old")
    with pytest.raises(InputError, match="can’t be written"):
        folder.write(tmp_path, {"email.txt": b"new", "email.html": b"two"})
    assert (tmp_path / "email.txt").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 2
