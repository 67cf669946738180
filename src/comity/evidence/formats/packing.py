"""Snappy and LZ4, as AFF4 images are packed: unpacked by the library `cramjam`, never to more than a chunk.

Source: Snappy format_description.txt; LZ4 block format.
"""

from comity.evidence.formats.look import FormatError


def unpack_snappy(stored: bytes, limit_bytes: int) -> bytes:
    """A raw Snappy block; FormatError where it is damaged or says that it is larger than the limit."""
    import cramjam

    size = shift = 0
    for byte in stored[:5]:
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    if size > limit_bytes:
        raise FormatError(f"a chunk unpacks to {size:,} bytes, more than a chunk has")
    try:
        return bytes(cramjam.snappy.decompress_raw(stored))
    except cramjam.DecompressionError as error:
        raise FormatError(f"a chunk is no whole Snappy block: {error}") from None


def unpack_lz4(stored: bytes, limit_bytes: int) -> bytes:
    """An LZ4 block; FormatError where it is damaged or larger than the limit."""
    import cramjam

    try:
        return bytes(cramjam.lz4.decompress_block(stored, output_len=limit_bytes))
    except cramjam.DecompressionError as error:
        raise FormatError(f"a chunk is no whole LZ4 block: {error}") from None
