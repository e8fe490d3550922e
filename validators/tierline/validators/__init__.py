"""The door of the judging room: `check(twin)` gives a report; the catalogue says what each rule means."""

from tierline.validators.run import Report, check

__all__ = ["Report", "check"]
