"""What stands on a page of the PDF: the marks of a sheet as drawing operators.

Promises: numbers of three decimals at most; a state of the pen is written only when it changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tierline.diagrams.paint import Outline, Words, painted
from tierline.diagrams.pdf_text import Face, Run, runs
from tierline.diagrams.scene import Scene
from tierline.diagrams.text_width import advance

FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique", "Symbol")
_SYMBOL = FONTS.index("Symbol")
LETTERS = len(FONTS)
"""The number of the first font that is embedded, regular; the next one is bold."""
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def number(value: float) -> str:
    """A number as short as it can be written."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def hexadecimal(text: str) -> str:
    """A text for people, in any script."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def content(scene: Scene, matrix: tuple[float, ...]) -> bytes:
    """A sheet, laid on its page by a matrix."""
    pen = _Pen([f"{' '.join(number(part) for part in matrix)} cm 1 j"])
    for mark in painted(scene):
        if isinstance(mark, Outline):
            pen.outline(mark)
        else:
            pen.words(mark)
    return "\n".join(pen.out).encode("latin-1") + b"\n"


@dataclass(slots=True)
class _Pen:
    """Operators written so far, and the state they leave behind."""

    out: list[str]
    state: dict[str, str] = field(default_factory=dict)

    def set(self, name: str, value: str) -> None:
        if self.state.get(name) != value:
            self.state[name] = value
            self.out.append(value)

    def outline(self, mark: Outline) -> None:
        if mark.fill:
            self.set("fill", f"{_colour(mark.fill, mark.opacity)} rg")
        if mark.stroke:
            self.set("stroke", f"{_colour(mark.stroke)} RG")
            self.set("width", f"{number(mark.width)} w")
            self.set("dash", f"[{' '.join(map(number, mark.dash))}] 0 d")
        path = [" ".join((*map(number, at), _OPERATORS[command])) for command, at in mark.path]
        self.out.append(" ".join((*path, "B" if mark.fill and mark.stroke else "f" if mark.fill else "S")))

    def words(self, mark: Words) -> None:
        """Drawn exactly as long as the layout reckoned."""
        natural = advance(mark.text, mark.bold) * mark.size / 1000
        if not natural:
            return
        self.set("fill", f"{_colour(mark.colour)} rg")
        place = f"1 0 0 -1 {number(mark.x)} {number(mark.y)} Tm"
        shown = " ".join(_shown(run, mark) for run in runs(mark.text))
        self.out.append(f"BT {number(100 * mark.width / natural)} Tz {place} {shown} ET")


def _shown(run: Run, mark: Words) -> str:
    faces = {Face.SYMBOL: _SYMBOL, Face.LETTERS: LETTERS + mark.bold}
    font = faces.get(run.face, mark.bold + 2 * mark.italic)
    drawn = f"/F{font} {mark.size} Tf {_string(run.codes)} Tj"
    return f"/Span << /ActualText {hexadecimal(run.meant)} >> BDC {drawn} EMC" if run.meant else drawn


def _string(codes: bytes) -> str:
    if any(code < 32 or code > 126 for code in codes):
        return f"<{codes.hex().upper()}>"
    text = codes.decode("ascii")
    for special in "\\()":
        text = text.replace(special, f"\\{special}")
    return f"({text})"


def _colour(colour: str, opacity: float = 1) -> str:
    """Red, green and blue; what is half transparent is mixed with the white of the paper."""
    parts: Iterator[float] = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return " ".join(number(1 - opacity * (1 - part)) for part in parts)
