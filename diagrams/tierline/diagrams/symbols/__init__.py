"""Our own symbols, drawn from scratch: one record for each, with two looks (IEC 60617, ANSI/IEEE 315) in one box."""

from tierline.diagrams.symbols.catalogue import symbol
from tierline.diagrams.symbols.record import Symbol

__all__ = ["Symbol", "symbol"]
