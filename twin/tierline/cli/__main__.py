"""`python -m tierline.cli`."""

from tierline.cli.main import run

run()
