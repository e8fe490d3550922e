"""The catalogue of messages: every sentence of a finding and of the report by its key, in one place.

Keys are stable; texts may be reworded and translated. `{name}` stands for a word that the finding brings along.
"""

from __future__ import annotations

from collections.abc import Mapping

_WHO: dict[str, str] = {
    "racks": "racks",
    "groups-of-racks": "groups of racks",
    "loads": "loads",
    "rooms": "rooms",
    "sets": "sets",
    "all-of-them": "all {total} {noun}",
    "some-of-them": "{count} of {total} {noun} ({names})",
    "loads-named": "{names}",
    "dark": "{who} dark",
    "no-cooling-in-it": "no cooling in {names}",
    "no-cooling": "no cooling in {names} ({count} of {total} rooms)",
    "no-cooling-anywhere": "no cooling in any of the {total} rooms",
    "room-short": "{rooms}: {of} of heat, {gap} short",
    "more-rooms": "and {count} more rooms; together {short}",
    "short": "{medium} {of}, {gap} short",
    "short-for": " for {who}",
    "hours-short": "{medium} on site lasts {hours} of {required} h at N",
}

_REMOVALS: dict[str, str] = {
    "failure": "taking out {what}: {cost}",
    "what": "{name} ({kind})",
    "likewise": "; likewise {names}",
    "likewise-each": "; likewise {name}: {cost}",
    "base": "with everything in service: {cost}",
    "unknown": "{what} cannot be judged: {missing}",
    "unknown-base": "with everything in service: cannot be judged: {missing}",
    "at-worst": "; at worst {cost}",
    "removals-one": "taking out {what}",
    "removals-many": "taking out {what} and {count} more",
    "n-not-met": "N is not met with everything in service: see GEN-02",
    "n-not-known": "it is not known whether N is met with everything in service: see GEN-02",
    "covered": "{count} of the removals it covers, told at {refs}",
    "one-removal": "1 removal",
    "removals": "{count} removals",
    "budget": "the search for positions was given up without an answer",
    "returns": "it holds only if supply and return flow different ways",
    "sharing": "nothing controls how {medium} divides between {names}",
    "reason-supply": "no {medium}",
    "reason-air": "no air",
    "reason-dc": "no d.c. supply",
    "reason-need": "no {name} ({members})",
    "reason-trip": "opened by the loss of {names}",
    "trips": "{name} ({how}) is lost with it and opens {names}",
    "energised": "energised {how}",
    "energised-unsaid": "energised to hold or to trip: not stated",
}

_MISSING: dict[str, str] = {
    "no-field": "{names}: no `{field}`",
    "by-hand-unsaid": "{names}: `local_manual` is not said, so it is open whether what hangs on them runs without",
    "controls-live-on-it": "{names}: controls ({controls}) that live on what the sets generate",
    "settle": "write `{field}`",
    "settle-store": "write how long its battery holds, or feed it from a second side",
    "settle-energise": "write `energise: to-hold` or `energise: to-trip`",
    "settle-apparent": "write `apparent`: its rating in kVA",
    "settle-alternator": "write `alternator`: its rating in kVA",
    "settle-alternator_derate": "write the maker's table `alternator_derate`, with the site's dry bulb inside it",
    "settle-rating": "write `rating`, for what it can carry or give here",
    "settle-rating in kW": "write `rating` in kW of heat: what a rate of water or air carries off is not known",
    "settle-rating in L/h": "write `rating` in L/h or m3/h: what flows here is judged by volume",
    "settle-usable": "write `usable`: the volume that pumps can reach",
    "settle-load": "write `load`: what it draws at most",
    "settle-burn": "write `burn`, in L/kWh at the load it carries",
    "settle-draw": "write `draw` (or `cop`): what it takes to run",
    "settle-derate": "write the maker's table `derate`, and the site's `dry_bulb` (towers: `wet_bulb`) inside it",
    "settle-rating_at": "write `rating_at: site`, or `rating_at: nameplate` with a `derate` table",
    "settle-cop": "write `cop`: cooling over power; what drives a water-cooled machine is rejected too",
    "settle-evaporation": "write `evaporation`, in L/kWh of the heat its rating counts; `0 L/kWh` if there is none",
    "settle-cycles": "write `cycles`: cycles of concentration; `unlimited` if nothing is blown down",
    "settle-class": "write `class`: COP, PRP, LTP, ESP or DCP (ISO 8528-1)",
    "settle-letter": "write `letter`: the maker's statement on hours and grid; or use the COP or PRP rating",
    "settle-voltage": "write `voltage`, on it or on its board, or the rating in kW",
    "settle-power_factor": "write `power_factor`, on it or in `settings`, or the rating in kW",
    "settle-autonomy": "write `autonomy`: how long its battery holds",
    "settle-local_manual": "write `local_manual: true` if it can be run by hand without the control, else `false`",
    "settle-dry_bulb of the site": "write `site: {{dry_bulb: …}}`, the 20-year extreme",
    "settle-controls": "feed the controls from a battery, write `local_manual: true` where sets run by hand, "
    "or feed them from elsewhere too",
    "settle-sharing": "rate each of {names} for all that may pass, or write a device that controls the flow",
    "settle-returns": "rate, valve and switch the return as its supply",
    "settle-budget": "split the plant, or write fewer choices (inputs, cords, ties) that one removal may move",
}

_LIMITS: dict[str, str] = {
    "limits-one": "{names}, {rating}",
    "limits-many": "{names}, each {rating}",
    "rated": "rated {text}",
    "rated-as": "rated {text} ({here})",
    "rated-here": "rated {text}, {here} at this site",
    "gives-nothing": "rated {text}, but counts for nothing here",
    "why": "{names}: {why}",
    "lacks": "no supply of {what} in any state",
    "unserved": "nothing cools it",
    "barred": "closing {names} would join two UPS systems",
    "interlocked": "interlock {id} does not let {names} be closed together",
    "too-hot": "runs up to {text}, the site is designed for {site}: counts for nothing",
    "nothing-by": "`{field}: {text}`: counts for nothing",
    "usable": "usable {text}",
    "not-written": "no rating written",
}

_TWIN: dict[str, str] = {
    "no-efficiency": "{name}: no `efficiency`, so its losses are missing from N",
    "no-recharge": "{name}: no `recharge`, so the recharge of its battery is missing from N",
    "in-no-room": "{name}: in no room, so nothing is asked to cool it",
    "room-heat": "{name}: states {of} of heat that its loads draw",
    "model-has-no": "the model has no {names}",
    "no-class": "{name}: no rating class (`class`, ISO 8528-1)",
    "limited-hours": "{name}: limited to {hours} of running, so it supplies nothing at Tier III",
    "limited-class": "{name}: rated {given}, so its hours are limited and it supplies nothing at Tier III",
    "no-letter": "{name}: rated DCP without the maker's `letter` on hours and grid",
    "site-rating-unknown": "{name}: its rating at this site is not known for want of `{field}`",
    "in-no-room-fix": "write `room`: the computer room it stands in",
    "no-dry-bulb": "the site states no extreme dry bulb (20-year return)",
    "fuel-given": "{name}: given fuel from outside, so its hours are not known",
    "fuel-given-fix": "model its tank, with `usable`, and take the fuel from it",
    "power-given-fix": "leave `given: [power]` out: only sets of the model count, and N must be met by them",
    "power-given": "{name}: given power from outside although the model has generating sets, so it is not counted",
    "water-given": "{name}: given water although the model has tanks, so it is not counted",
    "water-outside": "{name}: given water from outside, so its hours are not known",
    "water-outside-fix": "model its tank, with `usable`, and take the water from it",
    "water-unknown": "{name}: consumes water, and without `{field}` how much is not known",
    "water-declared": "water is declared not applicable ({why}), and it is consumed by {names}",
    "water-declared-fix": "take the declaration out, or say what evaporates nothing: `evaporation: 0 L/kWh`",
    "base-no-main": "with everything in service and the public supply off: {cost}",
    "cords-one": "{name}: 1 cord, and losing it stops the rack",
    "cords-many": "{name}: {cords} cords of which {needs} are needed, so losing one stops it",
    "cords-live": "{name}: only {good} of {cords} cords bring live power that has passed a UPS",
    "cords-live-fix": "land cord {names} on a board behind another UPS, live in normal service",
    "unrated-hanging": "{name}: no `{field}`, and {load} may hang on it",
    "hanging": "{name}: rated {of} that may hang on it",
    "hanging-fix": "rate it for {load}, or move racks",
    "unsupplied": "{name}: no supply of {what}, so it counts as out of service",
    "unsupplied-fix": "connect it, or write `given: [{media}]` if the supply lies outside the model",
    "absent": "{name}: all it has for `{need}` is absent in case {case} ({members}), so it counts as out of service",
    "absent-fix": "leave it out too, or amend it in this case",
}

_REPORT: dict[str, str] = {
    "step-start": "start {names}",
    "step-open": "open {names}",
    "step-close": "close {names}",
    "step-transfer": "transfer {name} to {to}",
    "step-stop": "stop {names}",
    "step-off": "switch off {names}",
    "step-hand": "run by hand {names}",
    "step-none": "close what is normally open",
    "exempt-consumer": "what is to be kept running; zones end at it",
    "exempt-world": "lies outside, and supplies nothing",
    "exempt-setting": "exempt by the law as it is read: rack_switch_exempt",
    "given": "given from outside the model: never lost",
    "tier-none": "N is not met with everything in service",
    "tier-capacity": "capacity components that cannot be taken out: {names}",
    "tier-path": "path elements that cannot be taken out: {names}",
    "tier-hours": "stores do not last with {names} out",
    "tier-limited": "sets of limited hours are needed: {names}",
    "tier-unknown": "not all of it is known",
    "exemptions-none": "nothing is exempt",
    "waived": "until {until}, by {owner}: {because}",
    "all-waived": "; all that fails is waived (waivers: {count})",
    "exemptions": "listed in the report: {list}",
    "exemption": "{count} × {what}",
}

_FIXES: dict[str, str] = {
    "what-draws": "what draws it",
    "fix-GEN-02": "make sure of N first: no removal is judged before it is met",
    "fix-GEN-02-rating": "{limits}: {gap} more are needed, or less load",
    "fix-GEN-06-rating": "{limits} must give {need} without the rest: {gap} more, or a way for other sets "
    "to reach this load",
    "fix-ISO-01": "{name} is fixed: both boards are dead while it is replaced. Make it `isolation: withdrawable`, "
    "or put two ties in series with a piece of bus between them",
    "fix-EG-10": "split {name} so that what is left carries N, with a tie that does not join the halves into one "
    "zone (two in series, or one withdrawable), or bring part of the sets to another board",
    "fix-EG-10-device": "{name} is fixed: the board behind it is dead while it is replaced. Make it "
    "`isolation: withdrawable` if the board itself may go, or give {who} another board of sets",
    "fix-GEN-09": "give {who} a second live cord behind another UPS",
    "fix-UP-01-rating": "{limits} must carry {need} without the rest: {gap} more, one more module, or less load there",
    "fix-UP-02": "build a second output board on another UPS, and give every rack on {name} a cord on each",
    "fix-UP-02-device": "build a second output board on another UPS, and give every rack behind {name} a cord on each",
    "fix-PD-01": "give {who} a second path that shares nothing with {name}",
    "fix-PD-01-device": "give {who} a second path that shares nothing with {name} and with what is opened for it",
    "fix-PD-02": "give {who} a partner behind another switch; the bypass of {name} frees only its mechanism",
    "fix-PD-03": "run both paths on to {who}, or give each a transfer switch of its own",
    "fix-PD-04": "feed the cords of {who} from two switches, or each cord straight from one side: {name} is "
    "hard-wired, so its inputs go with it",
    "fix-PD-05-rating": "rate {limits} for {need}, or move {gap} of what hangs behind elsewhere",
    "fix-IT-02": "{who}: add a second cord from another side, or a point-of-use switch fed from both sides",
    "fix-IT-03": "move one cord of {who} to a board that does not hang on {name}",
    "fix-FU-01": "{litres} more of usable fuel, or a lower burn at N",
    "fix-FU-02": "{litres} more of usable fuel where the running sets can reach it with {name} out",
    "fix-FU-04": "a second header with pumps of its own, and an inlet from both at every day tank: nothing must "
    "depend on {name} alone",
    "fix-FU-04-rate": "the pumps and pipes that are left must bring {gap} more: {limits}",
    "fix-FU-05": "feed {stops} from two sides: with {name} out all of them stop",
    "fix-FU-05-rate": "feed {stops} from another panel, or raise {limits} by {gap}",
    "fix-WA-02": "{litres} more of usable water where the running towers can reach it with {name} out",
    "fix-WA-03": "no water may depend on {name} alone: a second tank, pump and line of its own, "
    "and an inlet from both at every unit",
    "fix-WA-03-rating": "{limits} must bring {need}: {gap} more, or a second line with a pump of its own",
    "fix-CO-02-rating": "one more unit beside {limits}, or {gap} more from them at this site",
    "fix-CO-03-rating": "{limits} must give {need}: split by valves what is drained with {name}, or {gap} more",
    "fix-CO-05-rating": "rate {limits} for {need}, the flow of the whole ring",
    "fix-CO-07-units": "move some of {stops} to a panel that is not lost with {name}: {gap} must be kept running",
    "fix-CO-08-led": "let {led} run without {name} (`local_manual: true` on it), or split it by side",
    "fix-CT-01-led": "let {led} run without {name} (`local_manual: true` on it), or give it a partner",
    "fix-FU-06-led": "let {led} run without {name} (`local_manual: true` on it), or give it a partner",
    "fix-UP-07": "a battery of its own for each UPS on {name}, or N without all that share it",
    "fix-EG-11": "one {name} for each set, or a second beside it",
    "fix-CO-03": "a second loop, or valves that split what is drained with {name}",
    "fix-ISO-06": "a second valve beside {name} with an empty piece of pipe between, or less on the two sections",
    "fix-CO-14-units": "give {stops} air or ducts of their own: {gap} must be kept running",
}

_TRIPS: dict[str, str] = {
    "opens-nothing": "{name} does not say what it opens or stops",
    "opens-nothing-fix": "write `trips: […]`, or `energise: to-trip` if losing it opens nothing",
}

_NETWORK: dict[str, str] = {
    "cut-off": "no carrier is reached from {services}",
    "cut-off-unfed": "; {gear} without supply",
    "cut-off-unknown": "; whether that is so depends on positions, or on what is not stated",
}

_WEATHER: dict[str, str] = {
    "no-wet-bulb": "the site states no extreme wet bulb",
    "weather-unknown": "{name} is rated {rating}, at which weather is not known (`{field}`)",
    "weather-unknown-fix": "write the maker's table `derate`, or `rating_at: site` if it holds on the worst day",
}

CATALOGUE: Mapping[str, str] = (
    _TRIPS | _NETWORK | _WHO | _REMOVALS | _MISSING | _LIMITS | _TWIN | _WEATHER | _REPORT | _FIXES
)


def say(key: str, /, **words: object) -> str:
    """The text of a message, with its words put in."""
    return CATALOGUE[key].format_map(words)
