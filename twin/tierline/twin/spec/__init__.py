"""What may be written: one pydantic model per kind and per part of a file, with every field described.

These models are the gate and the source of the JSON Schema. They say nothing of meaning; blanks are let
through here and read by the same field types once they are filled.
"""
