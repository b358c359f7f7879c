"""The ledger: everything said, written before it is acknowledged or sent."""

from frontdesk.ledger.database import Database, address
from frontdesk.ledger.lease import Leases
from frontdesk.ledger.models import Message
from frontdesk.ledger.store import FRONTDESK, Ledger

__all__ = ["FRONTDESK", "Database", "Leases", "Ledger", "Message", "address"]
