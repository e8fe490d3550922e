"""`tierline textconv`: a drawing as plain lines, for `git diff`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from tierline.cli.main import WrongUsage
from tierline.diagrams.textconv import as_lines


def textconv(arguments: Namespace) -> int:
    """Print the lines of one drawing."""
    try:
        data = Path(arguments.file).read_bytes()
    except OSError as error:
        raise WrongUsage(f"cannot read {arguments.file}: {error.strerror}") from error
    sys.stdout.buffer.write(as_lines(data.decode("utf-8", "replace")).encode())
    return 0
