"""The ledger: everything said, written before it is acknowledged or sent."""

from frontdesk.ledger.lease import Leases
from frontdesk.ledger.models import Message
from frontdesk.ledger.store import FRONTDESK, Ledger, address, open_engine

__all__ = ["FRONTDESK", "Leases", "Ledger", "Message", "address", "open_engine"]
