"""The symbol sheet: every symbol of a set in all its states, with its name, its title and the kinds it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tierline.diagrams.scene import Line, Norm, Part, Scene, Text
from tierline.diagrams.svg import to_svg
from tierline.diagrams.symbols.catalogue import symbol
from tierline.diagrams.symbols.conductors import CONDUCTORS
from tierline.diagrams.symbols.cooling import COOLING
from tierline.diagrams.symbols.loads import LOADS
from tierline.diagrams.symbols.machines import MACHINES, SELECTORS
from tierline.diagrams.symbols.pipes import PIPES
from tierline.diagrams.symbols.record import ASIDE, Symbol
from tierline.diagrams.symbols.signals import SIGNALS
from tierline.diagrams.symbols.signs import SIGNS
from tierline.diagrams.symbols.switches import SWITCHES
from tierline.diagrams.text_width import text_width
from tierline.twin.kinds import KINDS

_WIDTH, _MARGIN, _GAP = 1100, 30, 22
_STANDS_FOR = {
    "withdrawable": "kind breaker, isolation withdrawable",
    "busway": "kinds bus, busduct",
    "ups-2": "kind ups",
    "reference": "mark of a sheet",
    "arrival": "mark of a sheet",
    "spare": "mark of a sheet",
    "motor-1": "kinds pump, fan, crah, cdu",
    "chiller-1": "kinds chiller, crac, cooling-unit",
    "tower-1": "kinds tower, dry-cooler",
    "rack-1": "kinds rack, racks",
    "load-1": "kind load",
    "control-1": "all controls",
    "rectifier-1": "kind dc-supply",
    "network-1": "all of the network",
    "box-1": "any kind",
    "rack-below": "kinds rack, racks on hall sheets",
    "rack-between": "kinds rack, racks on hall sheets",
}
_CLAUSES = "Numbers such as 07-13-05 are of an older edition, and not checked against a bought copy."
_SETS = {
    Norm.IEC: ("IEC 60617", f"Pipes and cooling after ISO 10628 and ISO 14617; composites are our own. {_CLAUSES}"),
    Norm.ANSI: ("ANSI/IEEE 315", "Boxes and terminals as in the IEC set; pipes, cooling and network as there."),
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """One symbol in all its states, or for several numbers of inputs."""

    base: str
    shown: tuple[Symbol, ...]

    def captions(self) -> list[str]:
        inputs = ("1 input", "2 inputs", "3 inputs")
        several = len(self.shown) > 1 and not any(one.state for one in self.shown)
        words = ["at its sides" if one.name.endswith(ASIDE) else inputs[len(one.ins) - 1] for one in self.shown]
        return words if several else [one.state for one in self.shown]

    def words(self, norm: Norm) -> list[tuple[str, bool]]:
        one = self.shown[0]
        title = one.title.removesuffix(f", {one.state}")
        kind = f"kind {self.base}" if self.base in KINDS else _STANDS_FOR.get(self.base, "no kind yet")
        kind = "badge" if one in SIGNS else kind
        clause = f", {one.clause}" if one.clause and norm is Norm.IEC else ""
        return [(title, True), (kind + clause, False)]

    def widths(self) -> list[int]:
        pairs = zip(self.shown, self.captions(), strict=True)
        return [max(2 * max(-one.box[0], one.box[2]), text_width(words, 8)) + 14 for one, words in pairs]

    def width(self) -> int:
        return max(sum(self.widths()), *(text_width(text, 8, bold) for text, bold in self.words(Norm.IEC)))

    def height(self) -> int:
        return max(one.box[3] for one in self.shown)


def _cells(records: tuple[Symbol, ...]) -> Iterator[_Cell]:
    """The records of a section by their name without its state; half-led forms of machines are left out."""
    names = {one.name for one in records}
    found: dict[str, list[Symbol]] = {}
    for one in records:
        if not any(one.name.removesuffix(end) in names - {one.name} for end in ("-end", "-source")):
            found.setdefault(one.name.removesuffix(f"-{one.state}"), []).append(one)
    for base, shown in found.items():
        yield _Cell(base, tuple(shown))


def _sections() -> Iterator[tuple[str, list[_Cell]]]:
    yield "SWITCHING DEVICES", list(_cells(SWITCHES))
    selectors = [_Cell(kind, tuple(symbol(f"{kind}-{n}") for n in (2, 3, "aside"))) for kind in SELECTORS]
    yield "MACHINES AND TRANSFER SWITCHES", [*_cells(MACHINES), _Cell("ups-2", (symbol("ups-2"),)), *selectors]
    yield "CONDUCTORS, STORES, MARKS", list(_cells(CONDUCTORS))
    loads = [_Cell(f"{shape}-1", tuple(symbol(f"{shape}-{n}") for n in (1, 2, "aside"))) for shape in LOADS]
    racks = [_Cell(name, (symbol(f"{name}-30"),)) for name in ("rack-below", "rack-between")]
    yield "WHAT DRAWS POWER, ON POWER SHEETS", [*loads, *racks]
    yield "PIPES AND DUCTS: COOLING, FUEL, WATER, AIR", list(_cells(PIPES))
    yield "COOLING EQUIPMENT", list(_cells(COOLING))
    yield "NETWORK AND CONTROLS", list(_cells(SIGNALS))
    yield "STATES AFTER A REMOVAL", list(_cells(SIGNS))


def symbol_scene(norm: Norm) -> Scene:
    """The sheet of a set."""
    name, note = _SETS[norm]
    texts = [
        Text(f"Symbols after {name}", _MARGIN, 38, 15, True),
        Text(note, _MARGIN, 54, 9),
    ]
    lines: list[Line] = []
    samples: list[tuple[str, int, int]] = []
    y = 84
    for title, cells in _sections():
        lines.append(Line(((_MARGIN, y - 14), (_WIDTH - _MARGIN, y - 14)), "thin"))
        texts.append(Text(title, _MARGIN, y, 9, True))
        y += 16
        for row in _rows(cells):
            tall = max(cell.height() for cell in row)
            x = _MARGIN
            for cell in row:
                _put(cell, norm, x, y, tall, samples, texts)
                x += cell.width() + _GAP
            y += tall + 56
    return Scene(_WIDTH, y, parts=(Part("legend", tuple(lines), tuple(texts), tuple(samples)),), norm=norm)


def _rows(cells: list[_Cell]) -> Iterator[list[_Cell]]:
    row: list[_Cell] = []
    x = _MARGIN
    for cell in cells:
        if row and x + cell.width() > _WIDTH - _MARGIN:
            yield row
            row, x = [], _MARGIN
        row.append(cell)
        x += cell.width() + _GAP
    if row:
        yield row


def _put(
    cell: _Cell, norm: Norm, x: int, y: int, tall: int, samples: list[tuple[str, int, int]], texts: list[Text]
) -> None:  # fmt: skip
    at = x
    for one, wide, caption in zip(cell.shown, cell.widths(), cell.captions(), strict=True):
        samples.append((one.name, at + wide // 2, y + (tall - one.box[3]) // 2))
        if caption:
            texts.append(Text(caption, at + wide // 2, y + tall + 10, 8, False, "middle"))
        at += wide
    for n, (words, bold) in enumerate(cell.words(norm)):
        texts.append(Text(words, x + 4, y + tall + 23 + 11 * n, 8, bold))


def symbol_sheet(norm: Norm) -> str:
    """The sheet as SVG."""
    return to_svg(symbol_scene(norm), f"symbols-{norm}", f"Symbols after {_SETS[norm][0]}")
