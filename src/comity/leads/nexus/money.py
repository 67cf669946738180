"""Tables of money: Indian bank codes and UPI handles, card networks, tokens whose issuer can freeze them."""

from functools import cached_property

from comity.leads.nexus.tables import Fact, Row, list_sources, read_rows


class IndianBank(Row, frozen=True, kw_only=True):
    """A row of ``ifsc.csv``: a bank by the beginning of its codes, or by a whole code where it uses another's."""

    prefix: str
    bank_code: str
    bank: str


class UpiHandle(Fact, frozen=True, kw_only=True):
    """A row of ``upi_handles.csv``: who stands behind what follows the ``@``."""

    handle: str
    app: str
    psp_bank: str
    """The bank that carries the application's payments; it need not hold the account."""
    account_bank: str
    """The bank that holds the account, where the handle is one bank's own."""
    note: str


class CardNetwork(Fact, frozen=True, kw_only=True):
    """A row of ``card_networks.csv``: a range of leading digits."""

    first: str
    last: str
    network: str
    state: str
    """Only for a domestic scheme."""
    note: str


class Token(Fact, frozen=True, kw_only=True):
    """A row of ``tokens.csv``: a token whose issuer can freeze it."""

    chain: str
    address: str
    """Of the token's contract."""
    token: str
    provider: str


class WalletLabel(Fact, frozen=True, kw_only=True):
    """A row of ``wallet_labels.csv``: a word of block explorers' labels, and the exchange that it names."""

    word: str
    operator: str
    provider: str
    """Id in ``providers.csv``; empty: not listed there."""


class MoneyTables:
    """The tables, each read when first needed."""

    def indian_bank(self, code: str) -> IndianBank | None:
        """The bank of an IFSC, or of its four first letters; the longest known beginning wins."""
        for length in range(len(code), 3, -1):
            found = self._indian_banks.get(code[:length])
            if found is not None:
                return found
        return None

    @property
    def indian_banks_cite(self) -> str:
        return list_sources()["ifsc"].cite

    def upi_handle(self, handle: str) -> UpiHandle | None:
        return self._upi_handles.get(handle)

    def card_network(self, digits: str) -> CardNetwork | None:
        """The network of a card by its leading digits; the narrowest known range wins."""
        for row in self._card_networks:
            if len(digits) >= len(row.first) and row.first <= digits[: len(row.first)] <= row.last:
                return row
        return None

    def tokens(self, chain: str) -> tuple[Token, ...]:
        return tuple(token for token in self._tokens if token.chain == chain)

    def wallet_label(self, word: str) -> WalletLabel | None:
        return self._wallet_labels.get(word)

    @cached_property
    def _wallet_labels(self) -> dict[str, WalletLabel]:
        return {row.word: row for row in read_rows("wallet_labels.csv", WalletLabel)}

    @cached_property
    def _indian_banks(self) -> dict[str, IndianBank]:
        return {row.prefix: row for row in read_rows("ifsc.csv", IndianBank)}

    @cached_property
    def _upi_handles(self) -> dict[str, UpiHandle]:
        return {row.handle: row for row in read_rows("upi_handles.csv", UpiHandle)}

    @cached_property
    def _card_networks(self) -> tuple[CardNetwork, ...]:
        return tuple(sorted(read_rows("card_networks.csv", CardNetwork), key=lambda row: -len(row.first)))

    @cached_property
    def _tokens(self) -> tuple[Token, ...]:
        return read_rows("tokens.csv", Token)
