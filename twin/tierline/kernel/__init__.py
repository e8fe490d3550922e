"""The kernel: integers in, integers out. A scenario is a kill list; `Judge.judge` judges it."""

from tierline.kernel.found import Found, find_state
from tierline.kernel.judge import Judge
from tierline.kernel.outcome import Outcome, Shortage, Verdict
from tierline.kernel.plant import UNLIMITED, Plant
from tierline.kernel.sweep import Margin, Sweep, sweep, without_hours
from tierline.kernel.zones import Zone, Zones

__all__ = [
    "UNLIMITED",
    "Found",
    "Judge",
    "Margin",
    "Outcome",
    "Plant",
    "Shortage",
    "Sweep",
    "Verdict",
    "Zone",
    "Zones",
    "find_state",
    "sweep",
    "without_hours",
]
