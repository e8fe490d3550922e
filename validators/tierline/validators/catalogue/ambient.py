"""Ambient design: the weather that capacities are taken at."""

from __future__ import annotations

from tierline.validators.catalogue.entry import ALL, CONFIRM, PRACTICE, TOPOLOGY, Entry

CHAPTER = "ambient design"

ENTRIES = (
    Entry(
        id="extreme-ambient-recorded",
        ref="AM-01",
        chapter=CHAPTER,
        title="The site states its extreme design dry bulb and wet bulb, with edition and station",
        tiers=ALL,
        why=(
            "Capacities are compared at the hottest hour expected in twenty years, not at a comfort "
            "figure exceeded every summer. A site without that figure cannot be judged."
        ),
        fix=(
            "Write `site: {dry_bulb, wet_bulb, station}` with their source. Figures that are exceeded a "
            "few per cent of the year are not accepted."
        ),
        basis=f"{TOPOLOGY}; ASHRAE climatic design conditions, 20-year return; {CONFIRM}",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="ambient-applied-to-all-plant",
        ref="AM-02",
        chapter=CHAPTER,
        title=(
            "Extreme ambient is applied to engines, heat rejection, outdoor transformers and rooms with "
            "outdoor air"
        ),
        tiers=ALL,
        why=(
            "A derating that is applied to chillers and forgotten for engines closes the balance on paper "
            "only."
        ),
        fix=(
            "Give a derating table, or a rating stated for the site, for each machine that breathes "
            "outdoor air."
        ),
        basis=f"{TOPOLOGY}; {PRACTICE}",
        check="capacity",
        subsystem="facility",
    ),
    Entry(
        id="lowest-ambient-considered",
        ref="AM-03",
        chapter=CHAPTER,
        title="The lowest ambient is considered where water freezes or engines start cold",
        tiers=ALL,
        why=(
            "Cold stops pumps and thickens fuel. In the Sahel the figure is well above freezing and "
            "decides nothing."
        ),
        fix="State the minimum where frost occurs, with the protection that was chosen.",
        basis=PRACTICE,
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="extreme-from-mean-and-deviation",
        ref="AM-04",
        chapter=CHAPTER,
        title="How a 20-year extreme follows from the mean and deviation of annual maxima",
        tiers=(),
        why=(
            "Some stations publish only the mean and the standard deviation of yearly maxima. A Gumbel "
            "distribution turns them into a value for a return period; for twenty years it is the mean "
            "plus 1.866 deviations."
        ),
        fix="Use the published extreme where there is one, and mark a computed one as assumed.",
        basis="Gumbel distribution of annual extremes",
        check="attribute",
        subsystem="facility",
    ),
    Entry(
        id="inlet-temperature-is-a-choice",
        ref="AM-05",
        chapter=CHAPTER,
        title="The temperature at the IT inlet is a design choice, not a rule of the tier",
        tiers=(),
        why=(
            "Warmer water and air save energy and leave less time in a restart. The tier check takes the "
            "choice as given."
        ),
        fix="Nothing to repair.",
        basis="ASHRAE TC 9.9 thermal guidelines",
        check="attribute",
        subsystem="facility",
    ),
)
