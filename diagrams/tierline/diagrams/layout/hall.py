"""A hall sheet: racks in rows between a bar of path A above and a bar of path B below.

Promises: drawn only where the hall has that form (every rack on at most two busways, every busway fed from outside or
from one board of the hall) and comes out clean; any other hall is left to the general layout. No wire crosses another.
"""

from __future__ import annotations

from tierline.diagrams.layout.drawing import Drawing
from tierline.diagrams.layout.hall_feeds import Feeding
from tierline.diagrams.layout.hall_rows import HallSheet, Row
from tierline.diagrams.layout.judged import is_clean
from tierline.diagrams.order import natural
from tierline.diagrams.view import Bay, Role, View


def lay_out_hall(view: View) -> Drawing | None:
    """The drawing of a hall, or None where the hall is not of this form."""
    found = _rows(view)
    if not found:
        return None
    feeding = _feeding(view, found)
    if feeding is None or not _covered(view, found, feeding):
        return None
    drawing = Drawing(hanging=True)
    sheet = HallSheet(view, drawing, feeding)
    for rows in _stacks(found, feeding):
        sheet.stack(rows)
    return drawing if is_clean(drawing) else None


def _rows(view: View) -> list[Row]:
    rows: dict[tuple[str, str], Row] = {}
    single: list[tuple[str, Bay]] = []
    incoming = view.incoming()
    for name, node in view.nodes.items():
        if node.role is not Role.LOAD:
            continue
        bays = sorted(incoming[name], key=lambda bay: (natural(view.nodes[bay.top].lane), bay.rank, natural(bay.id)))
        tops = [bay.top for bay in bays]
        if not 1 <= len(bays) <= 2 or len(set(tops)) < len(tops):
            return []
        if any(view.nodes[top].role is not Role.BAR for top in tops):
            return []
        if len(bays) == 1:
            single.append((name, bays[0]))
        else:
            key = (tops[0], tops[1])
            rows.setdefault(key, Row(*key)).racks.append((name, bays[0], bays[1]))
    for name, bay in single:  # a rack with one cord stands among those with two
        upper = next((row for row in rows.values() if row.upper == bay.top), None)
        lower = next((row for row in rows.values() if row.lower == bay.top), None)
        if upper is None and lower is not None:
            lower.racks.append((name, None, bay))
        else:
            row = upper or rows.setdefault((bay.top, ""), Row(bay.top, ""))
            row.racks.append((name, bay, None))
    for row in rows.values():
        row.racks.sort(key=lambda rack: natural(rack[0]))
    bars = [bar for key in rows for bar in key if bar]
    return list(rows.values()) if len(set(bars)) == len(bars) else []


def _feeding(view: View, rows: list[Row]) -> dict[str, Feeding] | None:
    incoming = view.incoming()
    bars = {bar for row in rows for bar in (row.upper, row.lower) if bar}
    found = {}
    for bar in bars:
        bays = incoming[bar]
        if len(bays) > 1:
            return None
        if not bays:
            found[bar] = Feeding(None, "")
            continue
        above = view.nodes[bays[0].top]
        if above.role is Role.ARRIVAL:
            found[bar] = Feeding(bays[0], "")
            continue
        into = incoming[above.id]
        plain = above.role is Role.BAR and above.id not in bars and len(into) == 1
        if not plain or view.nodes[into[0].top].role is not Role.ARRIVAL:
            return None
        found[bar] = Feeding(bays[0], above.id)
    return found


def _covered(view: View, rows: list[Row], feeding: dict[str, Feeding]) -> bool:
    """Is every bay of the hall drawn by this form? A board must not serve both an upper and a lower bar."""
    incoming = view.incoming()
    drawn_bays = {bay.id for row in rows for _, a, b in row.racks for bay in (a, b) if bay}
    drawn_bays |= {feed.bay.id for feed in feeding.values() if feed.bay}
    boards = {feed.board for feed in feeding.values() if feed.board}
    drawn_bays |= {bay.id for board in boards for bay in incoming[board]}
    above = {feeding[row.upper].board for row in rows} - {""}
    below = {feeding[row.lower].board for row in rows if row.lower} - {""}
    seen = boards | set(feeding) | {name for row in rows for name, _, _ in row.racks}
    rest = {name for name, node in view.nodes.items() if node.role is not Role.ARRIVAL} - seen
    return drawn_bays == {bay.id for bay in view.bays} and not above & below and not rest


def _stacks(rows: list[Row], feeding: dict[str, Feeding]) -> list[list[Row]]:
    """Rows that share a board of the hall stand together, in order."""
    stacks: list[list[Row]] = []
    for row in sorted(rows, key=lambda one: (natural(one.upper), natural(one.lower))):
        boards = _boards(row, feeding)
        joined = [stack for stack in stacks if boards & {b for one in stack for b in _boards(one, feeding)}]
        merged = [one for stack in joined for one in stack] + [row]
        stacks = [stack for stack in stacks if stack not in joined] + [merged]
    return stacks


def _boards(row: Row, feeding: dict[str, Feeding]) -> set[str]:
    return {feeding[bar].board for bar in (row.upper, row.lower) if bar} - {""}
