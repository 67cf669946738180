"""Law data as one file, ``registry.msgpack``: the same data give the same bytes."""

from pathlib import Path

import msgspec

from comity.law.errors import LawDataError
from comity.law.lawdata import COMPILED, LawData

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(LawData)


def compile_law_data(data: LawData) -> bytes:
    """The compiled form of ``data``."""
    return _ENCODER.encode(data)


def decode_law_data(packed: bytes) -> LawData:
    """The data that ``compile_law_data`` packed; msgspec.DecodeError where the bytes are something else."""
    return _DECODER.decode(packed)


def load_compiled(path: Path = COMPILED) -> LawData:
    """The data of a compiled file; LawDataError where it is missing or was built from other records."""
    remedy = "run `comity law build`"
    try:
        return decode_law_data(path.read_bytes())
    except FileNotFoundError as error:
        raise LawDataError(file=path.name, where="", problem="the file is missing", remedy=remedy) from error
    except msgspec.DecodeError as error:
        raise LawDataError(file=path.name, where="", problem=f"it cannot be decoded: {error}", remedy=remedy) from error
