"""The quality bars of a drawing, measured from its SVG text alone; nothing here knows how it was laid out."""
