"""Ties that no observable shows by itself, but that stand beside it in the evidence.

A registration record names the registrar of the names in it; a bank's code beside an account number names the bank;
an account in the row of a payment to a name is the one that was paid;
a mail that left from a provider's own server, and was signed, names who keeps the sender's mailbox.
"""

from comity.law import Registry
from comity.leads.model import Leads
from comity.plan.inferred.accounts import with_banks
from comity.plan.inferred.exchanges import with_exchanges
from comity.plan.inferred.ibans import with_iban_banks
from comity.plan.inferred.mailboxes import with_mailboxes
from comity.plan.inferred.payees import with_payees
from comity.plan.inferred.registrars import with_registrars
from comity.plan.inferred.told import with_told


def with_inferred(leads: Leads, registry: Registry) -> Leads:
    """The same leads, with the ties that follow from what stands together."""
    return with_payees(with_mailboxes(with_iban_banks(with_banks(with_registrars(leads, registry))), registry))


__all__ = ["with_exchanges", "with_inferred", "with_told"]
