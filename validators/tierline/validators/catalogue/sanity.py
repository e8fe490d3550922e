"""Rules that hold for any facility, whatever it claims."""

from __future__ import annotations

from tierline.validators.catalogue.entry import ALL, PRACTICE, Entry

SANITY_ENTRIES = (
    Entry(
        id="every-element-is-supplied",
        ref="SAN-01",
        chapter="sanity",
        title="Nothing lacks a supply that it runs on",
        tiers=ALL,
        why=(
            "A connection that was forgotten must not read as a perfect one. As soon as the model has a medium at "
            "all, an element that runs on it and is not connected is counted as out of service."
        ),
        fix="Connect the element, or write `given: [medium]` on it if the supply lies outside the model.",
        basis=PRACTICE,
        check="path",
        subsystem="facility",
    ),
)
