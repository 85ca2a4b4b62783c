"""Events as Parquet, for data frames; needs the extra `parquet`."""

import datetime as dt
import io
from collections.abc import Iterable

from kg.errors import MissingExtraError
from kg.export.row import COLUMNS, Flat, Row, flat

_DAYS = ("start", "end")
_NUMBERS = ("killed_low", "killed_high", "injured_low", "injured_high")
_DECIMALS = ("confidence", "latitude", "longitude")
_LISTS = ("perpetrators", "alleged_perpetrators", "targets", "weapons", "alleged_weapons", "articles")


def parquet(rows: Iterable[Row]) -> bytes:
    """Return the events as one Parquet file; days are dates, several names are lists.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet as files  # noqa: PLC0415 - an extra
    except ImportError as error:
        msg = "Parquet needs pyarrow: pip install 'conflict-kg[parquet]'"
        raise MissingExtraError(msg) from error
    found = [_dated(flat(row)) for row in rows]
    kinds = dict.fromkeys(_DAYS, pa.date32()) | dict.fromkeys(_NUMBERS, pa.int64())
    kinds |= dict.fromkeys(_DECIMALS, pa.float64()) | dict.fromkeys(_LISTS, pa.list_(pa.string()))
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    out = io.BytesIO()
    files.write_table(pa.Table.from_pylist(found, schema=schema), out)
    return out.getvalue()


def _dated(values: Flat) -> dict[str, object]:
    days = {name: dt.date.fromisoformat(str(values[name])) for name in _DAYS if values[name]}
    return {**values, **days}
