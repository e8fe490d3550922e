"""The JSON Schema of `tierline.report/1`."""

from __future__ import annotations

from typing import Any

from tierline.validators.report import SCHEMA
from tierline.validators.rules import Outcome
from tierline.validators.verdict import TIERS, State

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_IDS = {"type": "array", "items": _TEXT}
_TIER = {"enum": [*TIERS, None]}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_PLACE = _closed(
    {"file": _TEXT, "line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}}
)
_UNIT = {"enum": ["W", "VA", "ml/h"]}
_SHORT = _closed(
    {
        "medium": _TEXT, "hours": {"type": "boolean"}, "need": _COUNT, "have": _COUNT,
        "unit": _UNIT, "cut": _IDS, "text": _TEXT,
    }
)  # fmt: skip
_PROOF = _closed(
    {"removed": _IDS, "opened": _IDS, "lost": _IDS, "stopped": _IDS,
     "stopped_for": _list(_closed({"reason": _TEXT, "elements": _IDS})), "short": _list(_SHORT)}
)  # fmt: skip
_STATE = _closed(
    {"earthed": _IDS, "dead": _IDS, "unfed": _IDS, "unsure": _IDS, "one_path": _IDS, "short": _IDS, "closed": _IDS,
     "off": _IDS, "transferred": _IDS, "by_hand": _IDS, "started": _IDS, "tripped": _IDS}
)  # fmt: skip
_FINDING = _closed(
    {
        "rule": _TEXT, "ref": _TEXT, "severity": {"enum": ["error", "warning", "waived"]},
        "outcome": {"enum": ["fail", "unknown"]}, "element": _TEXT, "message": _TEXT, "location": _PLACE,
        "alike": _IDS,
        "related": _list(_closed({"element": _TEXT, "text": _TEXT, "location": _PLACE})),
        "missing": _list(
            _closed({"elements": _IDS, "field": _TEXT, "text": _TEXT, "help": _TEXT, "location": _PLACE})
        ),
        "likewise": _list(_closed({"element": _TEXT, "location": _PLACE, "proof": _PROOF})),
        "proof": {"anyOf": [{"type": "null"}, _PROOF]},
        "state": {"anyOf": [{"type": "null"}, _STATE]},
        "help": _TEXT,
    }
)  # fmt: skip
_LIMIT = _closed(
    {
        "element": _TEXT, "medium": _TEXT, "hours": {"type": "boolean"}, "have": _COUNT, "need": _COUNT,
        "margin": {"type": "integer"}, "percent": {"type": "number"}, "unit": _UNIT,
        "limit": _IDS, "alike": _COUNT,
    }
)  # fmt: skip
_FACILITY = _closed(
    {
        "facility": _TEXT,
        "case": {"type": ["string", "null"]},
        "spec_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "packs": _list(_closed({"id": _TEXT, "edition": _TEXT, "judged": _COUNT, "rules": _COUNT})),
        "waivers": _list(
            _closed(
                {
                    "rule": _TEXT, "element": _TEXT, "because": _TEXT, "owner": _TEXT,
                    "until": {"type": "string", "format": "date"}, "location": _PLACE,
                }
            )
        ),
        "elements": _COUNT,
        "modes": _closed({"standby": _IDS, "off": _IDS}),
        "distinct_zones": _COUNT,
        "assumptions_used": _COUNT,
        "settings": {"type": "object", "additionalProperties": _TEXT},
        "verdict": _closed(
            {
                "claimed": {"enum": [*TIERS[1:], None]}, "achieved": _TIER, "possible": _TIER,
                "met": {"type": "boolean"}, "met_with_waivers": {"type": "boolean"}, "limiting": _IDS,
                "not_assessed": _IDS,
            }
        ),
        "subsystems": {
            "type": "object",
            "additionalProperties": _closed(
                {
                    "state": {"enum": [str(s) for s in State]}, "tier": _TIER, "possible": _TIER,
                    "limiting": _IDS, "reason": _TEXT,
                }
            ),
        },
        "removals": _closed(
            {
                "tested": _COUNT, "distinct_zones": _COUNT, "failed": _COUNT, "unknown": _COUNT,
                "automatic": _COUNT, "re_switched": _COUNT, "tightest": _list(_LIMIT),
                "switched": _list(_closed({"elements": _IDS, "steps": _IDS})),
                "exempt": _list(_closed({"what": _TEXT, "why": _TEXT, "elements": _IDS})),
            }
        ),
        "rules": _list(
            _closed(
                {
                    "id": _TEXT, "ref": _TEXT, "title": _TEXT, "pack": _TEXT,
                    "outcome": {"enum": [str(o) for o in Outcome]}, "reason": _TEXT,
                }
            )
        ),
        "findings": _list(_FINDING),
        "assumptions": _list(
            _closed(
                {
                    "element": _TEXT, "field": _TEXT, "value": _TEXT, "source": _TEXT, "applies_to": _COUNT,
                    "location": _PLACE,
                }
            )
        ),
    }
)  # fmt: skip
_DIAGNOSTIC = _closed(
    {
        "key": _TEXT, "severity": {"enum": ["error", "warning"]}, "message": _TEXT, "location": _PLACE,
        "related": _list(_closed({"text": _TEXT, "location": _PLACE})), "help": _TEXT,
    }
)  # fmt: skip


def report_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `tierline check --format json` prints."""
    body = _closed(
        {
            "schema": {"const": SCHEMA},
            "tool": _closed({"name": {"const": "tierline"}, "version": _TEXT}),
            "settings": {"type": "object", "additionalProperties": _TEXT},
            "facilities": _list(_FACILITY),
            "diagnostics": _list(_DIAGNOSTIC),
        }
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tierline report",
        "description": "A design check of one or more facilities; not a certification.",
        **body,
    }
