"""The set of paths that were seen."""

from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.package.seen import Seen


@given(st.lists(st.text(max_size=3)), st.text(max_size=3))
def test_it_is_a_set(texts: list[str], other: str) -> None:
    seen, true = Seen(), set[str]()
    for text in texts:
        assert seen.add(text) == (text not in true)
        true.add(text)
    assert all(text in seen for text in texts)
    assert (other in seen) == (other in true)


def test_it_grows() -> None:
    seen = Seen()
    assert all(seen.add(f"data/{number}") for number in range(20_000))
    assert all(f"data/{number}" in seen for number in range(20_000))
    assert not any(f"data/{number}" in seen for number in range(20_000, 40_000))
