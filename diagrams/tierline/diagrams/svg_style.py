"""The style sheet of an SVG: colours, weights and dashes from the one place where they stand, as classes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tierline.diagrams.look import (
    BADGES,
    BAR,
    COLOURS,
    DASHES,
    FRAME,
    INK,
    INSIDE,
    JUNCTION,
    LINE,
    LINES,
    PAPER,
    SIGNS,
    STATES,
    TEXTS,
    TINTS,
    Style,
)


def style_sheet(levels: Collection[str], marked: bool) -> str:
    """The styles of a sheet with such conductors; those of marks only where something is marked."""
    rules = [
        f".paper{{fill:{PAPER}}}",
        f"text{{font-family:Arial,'Liberation Sans',Helvetica,sans-serif;fill:{INK};stroke:none}}",
        *(f".{name}{{{_words(style)}}}" for name, style in TEXTS.items() if name),
        f".el,.w{{fill:none;stroke:currentColor;stroke-width:{LINE:g};stroke-linejoin:round}}",
        f".bus line{{stroke:currentColor;stroke-width:{BAR:g}}}",
        f".junction line{{stroke-width:{JUNCTION:g}}}",
        ".tap{fill:currentColor;stroke:none}",
        *(
            f".{name}{{fill:none;stroke:{style.colour};stroke-width:{style.width:g}}}"
            for name, style in FRAME.items()
            if not name.startswith("key-")
        ),
        f".key{{fill:none;stroke:currentColor;stroke-width:{BAR:g}}}",
        *(f".tint-{side}{{fill:{colour}}}" for side, colour in TINTS.items()),
        *(f".{level}{{color:{colour}}}" for level, colour in COLOURS.items() if level in levels),
        *(f".w.{level}{{stroke-width:{width:g}}}" for level, width in LINES.items() if level in levels),
        *(
            f".w.{level},.{level} line,.key.{level}{{stroke-dasharray:{dashes(dash)}}}"
            for level, dash in DASHES.items()
            if level in levels
        ),
        f".sample{{color:{INK}}}",
        *(_states() if marked else ()),
    ]
    return f"<style>{''.join(rules)}</style>"


def _states() -> Iterator[str]:
    """How what is marked is drawn; on a plain sheet there is nothing of it."""
    for name, style in STATES.items():
        look = f"fill:none;stroke:currentColor;color:{style.colour};stroke-width:{style.width:g}"
        dash = f"stroke-dasharray:{dashes(style.dash)}"
        yield f".w.is-{name},path.is-{name}{{{look}{f';{dash}' if style.dash else ''}}}"
        if style.dash:
            yield f".bus.is-{name},.el.is-{name}{{color:{style.colour}}}.bus.is-{name} line{{{dash}}}"
            yield f".el.is-{name}{{stroke-dasharray:{dashes(INSIDE * one for one in style.dash)}}}"
    for name, style in SIGNS.items():
        yield f".sign-{name}{{fill:none;stroke:{style.colour};stroke-width:{style.width:g};stroke-linejoin:round}}"
    for name, colour in BADGES.items():
        yield f".badge-{name}{{color:{colour}}}"


def dashes(lengths: Iterable[float]) -> str:
    """The lengths of a dash, as SVG writes them."""
    return " ".join(f"{one:g}" for one in lengths)


def _words(style: Style) -> str:
    found = [f"fill:{style.colour}"] if style.colour != INK else []
    found += ["font-weight:bold"] if style.bold else []
    found += ["font-style:italic"] if style.italic else []
    return ";".join(found)
