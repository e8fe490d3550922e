"""Quantities: exact, in one unit per dimension, and refused in the words of the mistake."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tierline.twin.model import Dimension
from tierline.twin.spec.fields import Amount
from tierline.twin.units import UNITS, Fault, quantity, units_of, whole

ALL = tuple(Dimension)


@pytest.mark.parametrize(
    ("text", "dimension", "amount"),
    [
        ("500 kW", Dimension.POWER, 500_000),
        ("2.5 MW", Dimension.POWER, 2_500_000),
        ("0.1 W", Dimension.POWER, Fraction(1, 10)),
        ("937.5 kVA", Dimension.APPARENT_POWER, 937_500),
        ("112 kWh", Dimension.ENERGY, 403_200_000),
        ("1 Wh", Dimension.ENERGY, 3600),
        ("0.4 kV", Dimension.VOLTAGE, 400),
        ("3200 A", Dimension.CURRENT, 3200),
        ("50 m3", Dimension.VOLUME, 50_000_000),
        ("50 m³", Dimension.VOLUME, 50_000_000),
        ("5000 L", Dimension.VOLUME, 5_000_000),
        ("400 L/h", Dimension.FLOW, 400_000),
        ("1 L/s", Dimension.FLOW, 3_600_000),
        ("1 m3/h", Dimension.FLOW, 1_000_000),
        ("0.27 L/kWh", Dimension.BURN, 270),
        ("46 °C", Dimension.TEMPERATURE, 46),
        ("-5 degC", Dimension.TEMPERATURE, -5),
        ("8 K", Dimension.TEMPERATURE_DIFFERENCE, 8),
        ("340 m", Dimension.LENGTH, 340_000),
        ("7 d", Dimension.DURATION, 604_800),
        ("5 min", Dimension.DURATION, 300),
        ("96 %", Dimension.RATIO, Fraction(96, 100)),
        ("0.97", Dimension.RATIO, Fraction(97, 100)),
        ("99.982 %", Dimension.RATIO, Fraction(99982, 100_000)),
        ("96.8 kPa", Dimension.PRESSURE, 96_800),
        ("240 mm2", Dimension.AREA, 240),
    ],
)
def test_amounts_are_exact_and_keep_their_text(text: str, dimension: Dimension, amount: Fraction) -> None:
    found = quantity(text, ALL)
    assert (found.dimension, found.amount, found.text) == (dimension, Fraction(amount), text)


def fault(text: str, *allowed: Dimension) -> str:
    with pytest.raises(Fault) as caught:
        quantity(text, allowed or (Dimension.POWER,))
    return caught.value.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("500 kV", "unit-wrong"),
        ("500", "unit-missing"),
        ("5 kw", "unit-unknown"),
        ("5 furlongs", "unit-unknown"),
        ("500kW", "number-spacing"),
        ("500  kW", "number-spacing"),
        ("-5 kW", "number-negative"),
        ("+5 kW", "number-form"),
        ("5,5 kW", "number-form"),
        ("1,000 kW", "number-form"),
        ("1_000 kW", "number-form"),
        ("1'000 kW", "number-form"),
        ("1e3 kW", "number-form"),
        ("010 kW", "number-form"),
        ("0x1F", "number-form"),
        ("0b11 kW", "number-form"),
        (".5 kW", "not-a-quantity"),
        ("5. kW", "not-a-quantity"),
        (".inf", "not-a-quantity"),
        (".nan kW", "not-a-quantity"),
        ("five kW", "not-a-quantity"),
        ("", "not-a-quantity"),
        ("٥ kW", "not-a-quantity"),
        ("9" * 5000 + " kW", "number-too-long"),
    ],
)
def test_a_mistake_is_named_for_what_it_is(text: str, key: str) -> None:
    assert fault(text) == key


def test_a_plain_number_is_a_ratio_and_nothing_else() -> None:
    assert quantity("1.00", (Dimension.RATIO,)).amount == 1
    assert fault("1.00") == "unit-missing"


def test_every_unit_of_the_table_reads_back() -> None:
    for unit, (dimension, factor) in UNITS.items():
        found = quantity(f"3 {unit}", (dimension,))
        assert found.amount == 3 * factor
        assert unit in units_of((dimension,))


def test_every_dimension_has_a_unit() -> None:
    assert {dimension for dimension, _ in UNITS.values()} == set(Dimension)


@given(st.decimals(min_value=0, max_value=10**9, places=6), st.sampled_from(sorted(UNITS)))
def test_reading_never_rounds(number: Decimal, unit: str) -> None:
    dimension, factor = UNITS[unit]
    text = f"{number:f} {unit}"
    assert quantity(text, (dimension,)).amount == Fraction(f"{number:f}") * factor


@given(st.text(max_size=80))
def test_any_text_is_a_quantity_or_a_fault(text: str) -> None:
    try:
        assert quantity(text, ALL).text == text
    except Fault as found:
        assert found.key


@pytest.mark.parametrize("text", ["-1", "01", "1.0", "1_0", "", "x", "1e3", "9" * 70])
def test_whole_numbers_are_plain_digits(text: str) -> None:
    with pytest.raises(Fault):
        whole(text)
    assert whole("24") == 24


@pytest.mark.parametrize(
    ("text", "good"), [("0", False), ("104 %", False), ("1.01", False), ("1", True), ("96 %", True)]
)
def test_a_share_is_above_nothing_and_at_most_all(text: str, good: bool) -> None:
    field = Amount(Dimension.RATIO, share=True)
    if good:
        field.read(text)
        return
    with pytest.raises(Fault, match="not-a-share"):
        field.read(text)
