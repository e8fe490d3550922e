"""The drawings room: a twin in, single-line diagrams out."""

from tierline.diagrams.draw import Sheet, draw

__all__ = ["Sheet", "draw"]
