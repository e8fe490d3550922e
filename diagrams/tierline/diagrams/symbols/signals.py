"""Symbols of the network and of controls."""

from __future__ import annotations

from tierline.diagrams.symbols.record import Drawn, in_line, machine
from tierline.diagrams.symbols.shapes import body, dashed, fine, letters, line, rect, ring, solid

_CLOUD = "M-13 31A7.5 7.5 0 0 1 -15 16.5A9 9 0 0 1 -3 10A10 10 0 0 1 14.5 15.5A8 8 0 0 1 14 31Z"
_FIELD = solid("".join(ring(x, y, 1.7) for x in (-10, -3.3, 3.3, 10) for y in (15, 25)))
_ROUTES = "M0 17V9M-3 12L0 9L3 12M0 23V31M-3 28L0 31L3 28M-13 20H-4M-7 17L-4 20L-7 23M13 20H4M7 17L4 20L7 23"
_ACROSS = "M-12 16H10M6 12.5L10.5 16L6 19.5M12 25H-10M-6 21.5L-10.5 25L-6 28.5"
_NETWORK = {
    "carrier": Drawn("carrier", 40, 26, 26, 10, 31, (body(_CLOUD),)),
    "entrance": Drawn("entrance or patch field", 40, 18, 18, 8, 32, (body(rect(-16, 8, 16, 32)), _FIELD)),
    "router": Drawn("router", 40, 16, 16, 5, 35, (body(ring(0, 20, 15)), line(_ROUTES))),
    "network-switch": Drawn("network switch", 40, 20, 20, 8, 33, (body(rect(-18, 8, 18, 33)), line(_ACROSS))),
    "service": Drawn("service", 40, 26, 26, 8, 32, (
        body("M-12 8H12A12 12 0 0 1 12 32H-12A12 12 0 0 1 -12 8Z"), letters("S", 0, 20, 10)), mirrors=False),
}  # fmt: skip
_FIBRE = Drawn("fibre on site", 30, 8, 8, 30, 30, (line("M0 0V30" + ring(0, 15, 6)),))
_COIL = (body(rect(-14, 12, 14, 28)), fine("M-14 28L14 12"), dashed("M14 20H22"))
_TRIP = (body(ring(0, 20, 12)), letters("TC", 0, 20, 8), dashed("M12 20H22"))
_BUTTON = (line("M0 0V12H5M0 40V29L4 10"), dashed("M2 20H-13"), line("M-13 11V29A13 13 0 0 1 -13 11"))
_AMERICAN_BUTTON = (
    line("M0 0V9M0 31V40M4.5 8V32M4.5 20H-11M-11 11V29A13 13 0 0 1 -11 11"), body(ring(0, 11, 2) + ring(0, 29, 2))
)  # fmt: skip
_SHARED = (body(rect(-14, 6, 14, 34)), line(ring(0, 20, 14)), letters("C", 0, 20, 9))
_LAMPS = solid(ring(-8, 28, 2) + ring(0, 28, 2) + ring(8, 28, 2))
_PANEL = (body(rect(-16, 6, 16, 34)), line(rect(-11, 10.5, 11, 22)), _LAMPS)
_FIELD_OF = "M-5.5 14.5A7.8 7.8 0 0 1 5.5 14.5M5.5 25.5A7.8 7.8 0 0 1 -5.5 25.5"
_SENSOR = (body(ring(0, 20, 14)), solid(ring(0, 20, 3)), fine(_FIELD_OF))
_CONTROLS = {
    "controller": Drawn("controller", 40, 18, 18, 6, 34, _SHARED, mirrors=False),
    "panel": Drawn("control panel", 40, 18, 18, 6, 34, _PANEL),
    "sensor": Drawn("sensor", 40, 16, 16, 6, 34, _SENSOR),
    "release": Drawn("shunt or under-voltage release", 40, 22, 22, 12, 28, _COIL, _TRIP, mirrors=False),
    "epo": Drawn("emergency power-off circuit", 40, 22, 22, 0, 40, _BUTTON, _AMERICAN_BUTTON),
}
SIGNALS = (
    in_line("fibre", _FIBRE),
    *(symbol for name, drawn in (_NETWORK | _CONTROLS).items() for symbol in machine(name, drawn)),
)
