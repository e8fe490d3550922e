"""Uses of composites: parameters bound to what the caller gives, axes counted out, a frame for the inside."""

from __future__ import annotations

from collections.abc import Mapping

from tierline.twin.assumptions import Ledger
from tierline.twin.diagnostics import Complaints
from tierline.twin.expand_amend import Amendment
from tierline.twin.expand_blanks import Arg, Key, Pattern, parse_set
from tierline.twin.expand_document import Standing, standing
from tierline.twin.expand_fields import Layer, blanks, filled, whole
from tierline.twin.expand_frames import Frame, Parameter, Scope
from tierline.twin.expand_kinds import Body, arguments
from tierline.twin.source import Hole, Items, Map, Node, Scalar
from tierline.twin.spec.check import complain
from tierline.twin.spec.fields import BLANK
from tierline.twin.spec.file import Members, parameter_name
from tierline.twin.spec.links import STEP
from tierline.twin.units import Fault


class Use:
    """One key of a body whose kind is a composite."""

    def __init__(
        self,
        key: Key,
        binders: tuple[str, ...],
        scalar: Scalar,
        body: Body,
        layers: tuple[Layer, ...],
        scope: Scope,
        ledger: Ledger,
        complaints: Complaints,
    ) -> None:
        self.key, self.binders, self.body, self.layers = key, binders, body, layers
        self.at = scalar.at
        self.label = scalar.text
        self._ledger, self._complaints = ledger, complaints
        self._given = _merged(layers)
        self._bad: set[str] = set()
        for name, (node, _, _) in self._given.items():
            self._judge(name, node, scope)
        for name, parameter in body.scope.parameters.items():
            if name not in self._given and parameter.default is None:
                complaints.add(
                    "parameter-missing",
                    self.at,
                    name=name,
                    of=body.scope.of,
                    type=parameter.type,
                    related=[(parameter.key.at, "declared here")],
                )
                self._bad.add(name)

    def _judge(self, name: str, node: Node, scope: Scope) -> None:
        """Whether the blanks of an argument can be filled where it is written."""
        parameter = self.body.scope.parameters[name]
        try:
            for scalar, pattern in blanks([node]):
                bound = list(self.binders)
                if pattern.spread is not None:
                    axis = scope.spread(pattern)
                    if parameter.per is None or node is not scalar:
                        raise Fault("spread-outside-list", text=scalar.text)
                    if axis is None and pattern.spread != parameter.per:
                        raise Fault(
                            "axis-unknown", name=pattern.spread, known=", ".join(scope.axes) or "none"
                        )
                    bound.append(axis or pattern.spread)
                fault = scope.unbound(pattern.names, bound)
                if fault is not None:
                    raise fault
        except Fault as fault:
            complain(fault, node, self._complaints)
            self._bad.add(name)

    def frame(self, outer: Frame, env: dict[str, Arg], id: str, amended: list[Amendment]) -> Frame | None:
        """The inside of one use; None where its parameters are broken."""
        given = self._given
        for one in amended:
            made = arguments(one.node, one.outer, one.key.text, self.body, self._complaints, absolute=True)
            given = {**given, **_merged((made,))}
        if self._bad:
            return None
        scope = self.body.scope
        args: dict[str, Arg] = {}
        indexed: dict[str, dict[str, dict[str, Arg]]] = {}
        bind = _Binder(outer, env, self._ledger, self._complaints, id, scope.of.removeprefix("kind "))
        for name, parameter in scope.parameters.items():
            if parameter.per is None:
                found = bind.one(parameter, given.get(name))
                if found is None:
                    return None
                args[name] = found
        axes = axes_of(scope, args, self._complaints)
        for name, parameter in scope.parameters.items():
            if parameter.per is not None:
                members = bind.members(parameter, given.get(name), axes.get(parameter.per, ()), self.at)
                if members is None:
                    return None
                by_member = indexed.setdefault(parameter.per, {})
                for member, arg in members.items():
                    by_member.setdefault(member, {})[name] = arg
        path = (*outer.path, f"{id}: {scope.of}")
        return Frame(scope, f"{id}.", args, axes, indexed, path, outer.budget)


Given = tuple[Node, Standing, Layer]


def _merged(layers: tuple[Layer, ...]) -> dict[str, Given]:
    return {name: (node, layer.standing, layer) for layer in layers for name, node in layer.nodes.items()}


class _Binder:
    """Reads the arguments of one use in the body that writes it."""

    def __init__(
        self,
        outer: Frame,
        env: dict[str, Arg],
        ledger: Ledger,
        complaints: Complaints,
        instance: str,
        owner: str,
    ) -> None:
        self._outer, self._env, self._ledger = outer, env, ledger
        self._complaints, self._instance, self._owner = complaints, instance, owner

    def one(self, parameter: Parameter, given: Given | None, env: dict[str, Arg] | None = None) -> Arg | None:
        """The value of a parameter: what is given, else its default."""
        if given is None:
            if parameter.default is None:
                return None
            return self._arg(parameter, parameter.default, parameter.standing, self._owner, False, {})
        node, stand, layer = given
        return self._arg(
            parameter, node, stand, layer.owner, layer.absolute, self._env if env is None else env
        )

    def members(
        self, parameter: Parameter, given: Given | None, members: tuple[str, ...], at: object
    ) -> dict[str, Arg] | None:
        """The values of an indexed parameter, one per member of its axis."""
        node = given[0] if given is not None else parameter.default
        found: dict[str, Arg | None] = {}
        if isinstance(node, Map) and "value" not in node.values:
            for name, value in node.values.items():
                found[name] = self.one(
                    parameter, (value, *given[1:]) if given else (value, parameter.standing, _BARE)
                )
        elif isinstance(node, Scalar) and (pattern := Pattern(node.text)).spread is not None:
            axis = self._outer.scope.spread(pattern) or pattern.spread
            over = self._outer.axes.get(axis, members)
            for name in over:
                found[name] = self.one(parameter, given, self._outer.bound(self._env, axis, name))
        elif parameter.type == "ref" and node is not None:
            self._complaints.add("parameter-per", node.at, name=parameter.name, axis=parameter.per)
            return None
        else:
            found = dict.fromkeys(members, self.one(parameter, given))
        if None in found.values() or node is None:
            return None
        if set(found) != set(members):
            wanted, have = ", ".join(members), ", ".join(found)
            self._complaints.add(
                "parameter-members",
                node.at,
                name=parameter.name,
                axis=parameter.per,
                wanted=wanted,
                have=have,
            )
            return None
        return {name: arg for name, arg in found.items() if arg is not None}

    def _arg(
        self,
        parameter: Parameter,
        node: Node,
        stand: Standing,
        owner: str,
        absolute: bool,
        env: dict[str, Arg],
    ) -> Arg | None:
        if isinstance(node, Map) and "value" in node.values:
            stand, node = standing(node, stand), node.values["value"]
        if isinstance(node, Hole):
            return None
        if not isinstance(node, Scalar):
            self._complaints.add("parameter-value", node.at, name=parameter.name, type=parameter.type)
            return None
        passed = whole(node, env)
        if parameter.type == "ref":
            return self._reference(node, env, absolute)
        text = BLANK.sub(lambda match: env[match[1]].text.removeprefix("/"), node.text)
        try:
            of = parameter.reader.read(text)
        except Fault as fault:
            complain(fault, node, self._complaints, self._instance)
            return None
        if passed is not None and passed.at is not None:
            return Arg(text, passed.at, passed.assumed, passed.source)
        self._ledger.note(owner, parameter.name, of, node.at, stand[0])
        return Arg(text, node.at, *stand)

    def _reference(self, node: Scalar, env: dict[str, Arg], absolute: bool) -> Arg | None:
        """A reference becomes an address from the root, read in the body that writes it."""
        text = BLANK.sub(lambda match: env[match[1]].text, node.text)
        bare = text.removeprefix("/")
        if not all(STEP.fullmatch(step) for step in bare.split(".")):
            self._complaints.add("not-a-reference", node.at, text=bare, instance=self._instance)
            return None
        passed = env[Pattern(node.text).names[0]].at if text.startswith("/") else None
        prefix = "" if text.startswith("/") or absolute else self._outer.prefix
        return Arg(f"/{prefix}{bare}", passed or node.at)


_BARE = Layer({}, {}, (None, None), "")


def axes_of(scope: Scope, args: Mapping[str, Arg], complaints: Complaints) -> dict[str, tuple[str, ...]]:
    """The members of each axis of a body; a set may be a parameter."""
    found = {}
    for name, node in scope.axes.items():
        try:
            if not parameter_name(name):
                raise Fault("not-an-axis", text=name)
            for _, pattern in blanks([node]):
                fault = scope.unbound(pattern.names, args)
                if fault is not None:
                    raise fault
            found[name] = _members(filled(node, args))
        except Fault as fault:
            complain(fault, node, complaints)
            found[name] = ()
    return found


def _members(node: Node) -> tuple[str, ...]:
    if isinstance(node, Items):
        texts = [one.text for one in node.items if isinstance(one, Scalar) and not one.null]
        Members().read(texts)
        if len(set(texts)) != len(texts):
            raise Fault("set-repeats", text=", ".join(texts))
        return tuple(texts)
    if isinstance(node, Scalar):
        return parse_set(node.text)
    raise Fault("wrong-form", found="a map", wanted="a list of words, or a set such as 1..3")
