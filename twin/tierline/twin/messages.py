"""The catalogue of messages: every complaint by its key, what it says and what helps.

Keys are stable and meant for machines; texts may be reworded and translated. `{name}` stands for a word the
complaint brings along; long ones are shortened. Messages of reading come first, then of fields, expansion and
resolution.
"""

from __future__ import annotations

from collections.abc import Mapping

Message = tuple[str, str | None]

_READING: dict[str, Message] = {
    "no-such-file": ("cannot read `{path}`: {why}", None),
    "not-a-file": ("`{path}` is not a regular file", "only plain files and folders are read"),
    "no-facility": ("no facility in `{path}`: no folder below it holds a facility.yaml", None),
    "file-too-large": ("`{path}` has {size} bytes; the limit is {limit}", "split it: all files of a folder are one"),
    "not-utf-8": ("`{path}` is not UTF-8: byte {byte}", "save it as UTF-8"),
    "outside-root": (
        "`{path}` lies outside the project",
        "files must lie below the folder that holds .git, pyproject.toml or tierline.toml",
    ),
    "yml-ignored": ("`{name}` is not read", "call it {right}"),
    "include-form": ("include is a list of files", "include: [//catalog/gensets.yaml, yard/tanks.yaml]"),
    "include-path": (
        "`{path}` is not a path that can be included",
        "write a .yaml file below this folder, or // and its path from the project's root; no .. and no \\",
    ),
    "include-not-in-head": ("include belongs in facility.yaml", "one list shows the whole facility"),
    "included-twice": ("`{path}` is part of the facility already", None),
    "character": ("{code} is {what}: it may not stand here", "remove it, or write the text without it"),
    "not-yaml": ("this is not YAML: {problem}", None),
    "empty-file": ("the file is empty", "begin with `tierline: 1`"),
    "not-a-map": ("a file is a map, beginning with `tierline: 1`", None),
    "alias": ("alias `*{name}`: aliases are not part of the language", "write a kind, or a key with blanks"),
    "anchor": (
        "anchor `&{name}`: anchors are not part of the language",
        "write a kind, or a key with blanks",
    ),
    "tag": ("tag `{tag}`: tags are not part of the language", "leave it out; quotes keep a text a text"),
    "merge-key": ("`<<`: merging is not part of the language", "write a kind with `is:`, and use it"),
    "directive": ("a `%` directive is not part of the language", "remove the line"),
    "second-document": (
        "a second document begins here; a file is one",
        "remove `---`, or make it a file of its own",
    ),
    "duplicate-key": ("`{key}` is written twice", None),
    "key-not-text": ("a key must be a text", None),
    "missing-space": ("`{text}` has no space after the colon", "write `{right}`"),
    "no-value": ("`{key}` has no value", "leave the key out, or give it one"),
    "null": ("a value is missing here", "only a cell of a table may be empty"),
    "too-deep": ("more than {limit} levels of maps and lists", None),
    "too-long": ("a text of {length} characters; the limit is {limit}", None),
    "version-missing": ("the first line must be `tierline: 1`", None),
    "version-unknown": ("language version `{text}` is not known; this is version 1", "write `tierline: 1`"),
    "version-first": ("`tierline: 1` must be the first key", None),
    "moved-later": ("`moved` is not in this version", None),
    "more": ("and {count} more complaints", None),
    "instances": ("(in {count} instances: {names})", None),
    "did-you-mean": ("did you mean `{word}`?", None),
}

_FIELDS: dict[str, Message] = {
    "field-unknown": ("`{field}` is not a field of {of}", "known: {known}"),
    "field-missing": ("{of} needs `{field}`", None),
    "wrong-form": ("{found} where {wanted} is wanted", None),
    "word-unknown": ("`{text}` is not one of: {known}", None),
    "not-yes-or-no": ("`{text}` is neither true nor false", None),
    "not-whole": ("`{text}` is not a whole number", "digits only, no leading zeros"),
    "out-of-range": ("{text} is not between {least} and {most}", None),
    "not-a-language": ("`{text}` is not a language", "two letters: {{fr: …, en: …}}"),
    "not-an-id": ("`{text}` is not an id", "letters, digits and -, beginning with a letter, at most 63"),
    "not-a-reference": ("`{text}` is not a reference", "an id, or ids joined by dots: msb-a.q1"),
    "not-a-part": (
        "`{text}` is not a part",
        "s1 is a section, v12 a valve, d1 a damper; else {{strainer: st1}}",
    ),
    "part-kind": ("`{kind}` cannot be a part of a loop or line", "known: {known}"),
    "too-few-parts": ("a chain of {count} parts", "a loop or line has at least two"),
    "empty-list": ("an empty list says nothing", None),
    "exactly": ("{count} references where {wanted} are wanted", None),
    "point-twice": ("`{text}` stands twice in the table", None),
    "number-too-long": ("a number of {length} characters; the limit is {limit}", None),
    "number-form": ("`{text}` has {why}", "write a plain decimal: 1250.5"),
    "number-spacing": ("`{text}` is not spaced as a quantity", "write `{right}`"),
    "not-a-share": ("`{text}` is not above 0 and at most 1", "as a number such as 0.95, or in per cent"),
    "number-negative": ("`{text}` is negative; a {dimension} here is not", None),
    "not-a-quantity": ("`{text}` is not a {wanted}", "units: {units}"),
    "unit-missing": ("`{text}` has no unit; a {wanted} is wanted", "for example `{example}`"),
    "unit-unknown": ("`{unit}` is not a unit", "a {wanted} is wanted: {units}"),
    "unit-wrong": ("`{text}` is a {dimension}; a {wanted} is wanted", "units: {units}"),
}

_EXPANSION: dict[str, Message] = {
    "element-form": ("an element is a map", "write {{kind: {kind}}}"),
    "kind-missing": ("`{key}` has no kind", "every element says `kind: …`"),
    "kind-unknown": ("no kind `{kind}`", None),
    "kind-builtin": ("`{name}` is a built-in kind", "choose another name"),
    "kind-form": ("kind `{name}` is neither a preset nor a composite", "write `is: …` or `elements: …`"),
    "kind-cycle": ("kinds contain themselves: {chain}", None),
    "preset-kind": ("a preset says `is`, not `kind`", None),
    "presets-too-deep": ("more than {limit} presets on each other", None),
    "composites-too-deep": ("more than {limit} composites within each other", None),
    "declared-twice": ("`{id}` is declared twice", None),
    "named-as-room": ("`{id}` is a room and an element", "give one of them another name"),
    "blank-form": ("`{text}` is not a blank", "write <x>, <n=1..3> or <n=a|b>"),
    "blank-unbound": (
        "`<{name}>` is not in this key",
        "a blank of a value must be bound by its key; bound here: {known}",
    ),
    "blank-per": (
        "`<{name}>` has one value per `{axis}`",
        "the key must hold <{axis}>, or the list item <{axis}*>",
    ),
    "axis-unknown": ("no axis `{name}`", "axes: {known}"),
    "not-an-axis": ("`{text}` cannot be an axis", "lower-case letters and digits, beginning with a letter"),
    "no-blank": ("`{text}`: `{field}` takes no blanks", None),
    "reference-first": ("`<{name}>` is a reference: it can only begin one", "write <{name}>.q1"),
    "spread-in-key": ("`{text}` in a key", "a spread belongs in a list; a key says <x>"),
    "spread-outside-list": ("`{text}`: a spread belongs in a list", "write [{text}]"),
    "spread-twice": ("`{text}` has two spreads", "one item runs over one axis"),
    "set-in-value": ("`{text}`: a set belongs in the key", "write <n=1..3> in the key and <n> here"),
    "set-form": ("`{text}` is not a set", "write 1..3, 01..12 or a|b|c"),
    "set-twice": ("`<{name}=…>` stands twice in the key", "give the set once, then <{name}>"),
    "set-repeats": ("`{text}` names a member twice", None),
    "set-shadows": ("`{name}` is an axis already", "write <{name}>, or choose another name"),
    "set-shadows-parameter": ("`{name}` is a parameter already", "choose another name"),
    "range-order": ("`{text}` runs backwards", None),
    "range-width": ("`{text}` mixes widths", "write 01..12"),
    "reference-in-key": ("`<{name}>` is a reference and cannot be part of an id", None),
    "too-many": ("`{of}` makes {count}; the limit is {limit}", None),
    "parameter-name": (
        "`{name}` cannot be a parameter",
        "lower-case letters and digits; not kind, name, tag, side, note, assumed, source",
    ),
    "parameter-form": ("a parameter is a map", "write {{type: …}}: ref, text, id, int, bool, power, …"),
    "parameter-unknown": ("`{name}` is not a parameter of {of}", "parameters: {known}"),
    "parameter-missing": ("{of} needs `{name}` ({type})", None),
    "parameter-value": ("`{name}` takes one value ({type})", None),
    "parameter-per": (
        "`{name}` has one value per `{axis}`",
        "write it as a map, or as one text with <{axis}*>",
    ),
    "parameter-members": ("`{name}` has members {have}; `{axis}` has {wanted}", None),
    "table-id": ("one column must be `id`", None),
    "row-length": (
        "a row of {cells} cells in table `{table}`, which has {columns} columns",
        "an empty cell is ~",
    ),
    "row-without-id": ("a row of table `{table}` without an id", None),
    "way-listed-twice": ("way `{way}` is listed twice", None),
    "loop-carries": ("a {kind} must say what it carries", "carries: chilled-water"),
    "loop-return": (
        "a loop of chilled or condenser water must say `return`",
        "return: combined, if supply and return are worked on together; none, if there is none",
    ),
    "cycles-too-few": ("`{text}` cycles of concentration", "above 1; unlimited, if nothing is blown down"),
    "mirrored-what": ("{carries} does not come back", "return: none"),
    "mirrored-pump": (
        "a {kind} in a mirrored loop would stand in its supply and in its return",
        "write it between a machine and a way, or between two loops",
    ),
    "amend-kind": ("an amendment cannot change a kind", None),
    "amend-misses": ("nothing is called `{address}`", None),
    "amend-changes-nothing": (
        "`{field}` of `{address}` says this already",
        "an amendment must change something",
    ),
    "cases-apart": ("load cases stand in more than one file", "write them together: the first one is drawn"),
    "absent-misses": ("nothing is called `{address}`", None),
    "absent-twice": ("`{address}` is said to be absent twice", None),
    "absent-part": (
        "`{address}` is a part of a chain and cannot be absent from it",
        "leave out `{chain}` as a whole, or write it without this part",
    ),
    "absent-implied": (
        "`{address}` comes with what it serves and cannot be absent alone",
        "name the element that is written: its cords, runs and own incomers go with it",
    ),
    "absent-room-in-use": ("room `{room}` is absent, and `{id}` stands in it", "name what stands in it too"),
    "amend-absent": ("`{address}` is absent in this case", "an amendment must change something that is there"),
    "amended-twice": ("`{field}` of `{address}` is amended twice", None),
}

_RESOLUTION: dict[str, Message] = {
    "reference-unknown": ("{place} has no element `{ref}`", None),
    "names-an-inside": ("`{ref}` is no element but {kind}", "name something inside it"),
    "way-is-no-element": ("`{way}` is a way: `{ref}` leads nowhere", "name a way of the board itself"),
    "room-unknown": ("no room `{room}`", None),
    "name-a-way": (
        "`{board}` is a {kind}: name a way of it",
        "for example `{board}.q1`, or `{board}.way` for one of its own",
    ),
    "no-ways": ("`{ref}`: a {kind} has no ways", "write `{id}` alone"),
    "way-taken": ("way `{way}` already serves {first}", "one way, one user"),
    "way-spare": ("way `{way}` is said to be spare", None),
    "way-unused": ("nothing uses way `{way}`", "listing connects nothing; write `spare` if that is meant"),
    "mirrored-device": (
        "{kind} `{id}` cannot stand in supply and return at once",
        "the way has a valve; one more is written `{{from: {{q0: …}}}}` at the machine, or as a part of the loop",
    ),
    "mirrored-meets": (
        "`{id}` has a return, and `{other}` has none",
        "join it to a loop or line with `return: mirrored`",
    ),
    "return-named": (
        "`{id}` stands in a return, which is joined by itself",
        "name `{supply}`: its return is joined likewise",
    ),
    "joined-to-itself": ("`{id}` is joined to itself", None),
    "joint-twice": ("`{a}` and `{b}` are joined twice", None),
    "terminal-taken": ("{kind} `{id}` has two ends and {count} connections", None),
    "medium-unknown": (
        "nothing says what {kind} `{id}` carries",
        "write `carries: fuel`, or join it to something",
    ),
    "wrong-medium": ("{kind} `{id}` and a {speaker} do not meet in {medium}", None),
    "supplies-nothing": ("{kind} `{id}` supplies nothing that could be joined", None),
    "prefer-unnamed": (
        "`prefer` needs named inputs",
        "in a list the first is preferred; or write inputs: {{s1: …, s2: …}}",
    ),
    "prefer-missing": ("named inputs need `prefer`", "one of: {names}"),
    "needs-mixed": (
        "`{name}` mixes supplies with things that only have to run",
        "give each a name of its own",
    ),
    "needs-media": ("`{name}` mixes {media}", "give each a name of its own"),
    "trips-say-so": (
        "`{name}`: what opens or stops `{id}` is said where the trip comes from",
        "write `trips: [{id}]` at the release, the panel or the emergency power-off circuit",
    ),
    "trips-nothing": (
        "nothing uses way `{way}`: there is nothing to open",
        "name a way in use (msb-a.q1), an incomer of a board (msb-a.q0), a device or a machine",
    ),
    "trips-what": (
        "{kind} `{id}` cannot be opened or stopped by a trip",
        "name the breaker, the way or the machine that opens or stops",
    ),
    "interlock-what": (
        "{kind} `{id}` has no open and closed position to interlock",
        "name a breaker, a switch, a valve or a damper, or the way it stands at: uob-1.qx",
    ),
    "interlock-way": (
        "nothing uses way `{way}`: there is no device to interlock",
        "name a way in use (msb-a.q1), or an incomer of a board (msb-a.q0)",
    ),
    "interlock-return": (
        "`{id}` stands in a return: it is worked together with `{supply}`",
        "name `{supply}`",
    ),
    "interlock-twice": ("`{id}` stands twice in the interlock", "name every device once"),
    "interlock-few": (
        "{count} where an interlock is among two devices at least",
        "write among: [uob-1.qx, uob-2.qx]",
    ),
    "interlock-idle": (
        "{closed} of {count} devices closed: the interlock forbids nothing",
        "`closed` is at most {most} here, or the interlock is left out",
    ),
    "interlock-normally": (
        "interlock `{id}` allows {closed} closed, and in normal service {count} are",
        "write `normally: open` at what is open then, or more in `closed`",
    ),
    "serves-through": (
        "`{id}` blows into a duct and serves a room past it",
        "write `serves` at the duct, so that its dampers count",
    ),
    "two-outputs": (
        "`{id}` serves a room and gives {medium}: its rating would count twice",
        "write `serves` or the circuit, not both",
    ),
    "needs-itself": ("`{id}` needs itself", None),
    "what-transfers": (
        "a {kind} with a choice of supplies: what transfers?",
        "name an ats, or a small board with two incomers, and take the supply from it",
    ),
}

CATALOGUE: Mapping[str, Message] = _READING | _FIELDS | _EXPANSION | _RESOLUTION
_LONGEST = 80


def message(key: str, words: Mapping[str, object]) -> Message:
    """The text of a complaint, and its help if there is one."""
    text, help = CATALOGUE[key]
    shown = {
        name: _short(str(word)) if name not in ("known", "units", "names") else str(word)
        for name, word in words.items()
    }
    return text.format_map(shown), help.format_map(shown) if help is not None else None


def _short(text: str) -> str:
    text = " ".join(text.split()) if "\n" in text else text
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
