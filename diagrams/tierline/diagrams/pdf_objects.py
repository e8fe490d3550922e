"""The numbered objects of a PDF file, and the file they make: header, objects, cross-reference table, trailer."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field


@dataclass(slots=True)
class Objects:
    """The numbered objects of a file."""

    bodies: list[bytes] = field(default_factory=list)

    def add(self, body: str | bytes = b"") -> int:
        self.bodies.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.bodies)

    def put(self, number: int, body: str) -> None:
        self.bodies[number - 1] = body.encode("latin-1")

    def stream(self, data: bytes, more: str = "") -> int:
        packed = zlib.compress(data, 9)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode{more} >>".encode("latin-1")
        return self.add(b"%s\nstream\n%s\nendstream" % (head, packed))

    def file(self, root: int, info: int) -> bytes:
        out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
        for n, body in enumerate(self.bodies, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
        start, count = len(out), len(self.bodies) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % count
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (count, root, info)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
