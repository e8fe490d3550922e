"""Ways as written under a board, header or tank: what holds for each, what differs for some, which are
spare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_blanks import Arg, Key, parse_key
from tierline.twin.expand_document import Standing, standing
from tierline.twin.expand_fields import Layer, blanks, is_data, read
from tierline.twin.expand_fields import field as make_field
from tierline.twin.expand_frames import Frame, Scope
from tierline.twin.model import Location, Value
from tierline.twin.source import Hole, Map, Node, Scalar
from tierline.twin.spec.check import complain, types_of
from tierline.twin.spec.links import STEP
from tierline.twin.spec.written import Run, SomeWay
from tierline.twin.units import Fault

WAY = 3
"""What a listed way takes of the budget, in elements."""


@dataclass(slots=True)
class WayFields:
    """What is written of one way, or of each."""

    at: Location | None = None
    device: dict[str, Value] = field(default_factory=dict)
    run: dict[str, Value] = field(default_factory=dict)
    spare: bool = False


@dataclass(slots=True)
class WaySet:
    """The ways of one element."""

    each: WayFields = field(default_factory=WayFields)
    own: Mapping[str, WayFields] = field(default_factory=dict)


NO_WAYS = WaySet()


@dataclass(frozen=True, slots=True)
class _Written:
    key: Key
    binders: tuple[str, ...]
    at: Location
    node: Node
    standing: Standing


class WayPlan:
    """The ways of a template; made once where nothing is to fill."""

    def __init__(
        self,
        layers: tuple[Layer, ...],
        scope: Scope,
        bound: tuple[str, ...],
        ledger: Ledger,
        complaints: Complaints,
    ) -> None:
        self._ledger, self._complaints, self._scope = ledger, complaints, scope
        self._each: tuple[Node, Standing, str] | None = None
        self._own: list[_Written] = []
        self._owner = ""
        self._varies = False
        for layer in layers:
            if "each_way" in layer.nodes and self._fits(layer.nodes["each_way"], bound):
                self._each = layer.nodes["each_way"], layer.standing, layer.owner
            if isinstance(ways := layer.nodes.get("ways"), Map):
                self._owner = layer.owner
                self._own = self._listed(ways, layer.standing, bound)
        self._fixed = None if self._varies else self._make(None, {})

    def of(self, frame: Frame, env: dict[str, Arg]) -> WaySet:
        return self._fixed if self._fixed is not None else self._make(frame, env)

    def _fits(self, node: Node, bound: tuple[str, ...]) -> bool:
        """Whether every blank below a node can be filled; complains if not."""
        try:
            for scalar, pattern in blanks([node]):
                self._varies = True
                fault = self._scope.unbound(pattern.names, bound)
                if pattern.spread is not None:
                    fault = Fault("spread-outside-list", text=scalar.text)
                if fault is not None:
                    complain(fault, scalar, self._complaints)
                    return False
        except Fault as fault:
            complain(fault, node, self._complaints)
            return False
        return True

    def _listed(self, ways: Map, outer: Standing, bound: tuple[str, ...]) -> list[_Written]:
        """The ways that differ; a blank the element's key does not bind runs over its set here."""
        found = []
        stand = standing(ways, outer)
        for text, node in ways.values.items():
            scalar = ways.keys[text]
            try:
                key = parse_key(text)
                inner = self._scope.binders(key, bound)
                fault = self._scope.unbound(key.pattern.names, (*bound, *inner))
                if fault is not None:
                    raise fault
            except Fault as fault:
                complain(fault, scalar, self._complaints)
                continue
            self._varies = self._varies or bool(key.pattern.names)
            if not isinstance(node, Hole) and self._fits(node, (*bound, *inner)):
                found.append(_Written(key, inner, scalar.at, node, stand))
        return found

    def _make(self, frame: Frame | None, env: dict[str, Arg]) -> WaySet:
        each = WayFields()
        if self._each is not None:
            node, stand, owner = self._each
            each = self._fields(node, stand, owner, env, None)
        own: dict[str, WayFields] = {}
        for one in self._own:
            if frame is not None:
                frame.budget.spend(WAY * frame.total(one.key, one.binders))
            bindings = [env] if frame is None else frame.bindings(one.key, one.binders)
            for inner in bindings:
                whole = {**env, **inner}
                name = one.key.pattern.fill(whole)
                if not STEP.fullmatch(name):
                    self._complaints.add("not-an-id", one.at, text=name)
                elif name in own:
                    self._complaints.add("way-listed-twice", one.at, way=name)
                else:
                    own[name] = self._fields(one.node, one.standing, self._owner, whole, one.at)
        return WaySet(each, own)

    def _fields(
        self, node: Node, outer: Standing, owner: str, env: dict[str, Arg], at: Location | None
    ) -> WayFields:
        made = WayFields(at)
        if isinstance(node, Scalar):
            made.spare = True
        elif isinstance(node, Map):
            stand = standing(node, outer)
            made.device = self._values(SomeWay, node, stand, owner, env)
            if isinstance(run := node.values.get("run"), Map):
                made.run = self._values(Run, run, standing(run, stand), owner, env)
            spare = made.device.pop("spare", None)
            made.spare = spare is not None and spare.of is True
        return made

    def _values(
        self, model: type[SomeWay] | type[Run], node: Map, stand: Standing, owner: str, env: dict[str, Arg]
    ) -> dict[str, Value]:
        found = {}
        types = types_of(model)
        for name, value in node.values.items():
            kind = types.get(name)
            if kind is None or not is_data(name, kind) or isinstance(value, Hole):
                continue
            read_as = make_field(name, kind, value, stand, owner)
            one = read(read_as, env, self._ledger, self._complaints)
            if one is not None:
                found[name] = one
        return found
