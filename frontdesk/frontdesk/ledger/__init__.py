"""The ledger: everything said, written before it is acknowledged or sent."""

from frontdesk.ledger.carried import Carried
from frontdesk.ledger.database import Database, address
from frontdesk.ledger.lease import Leases
from frontdesk.ledger.marks import Marks
from frontdesk.ledger.models import Message
from frontdesk.ledger.privacy import Privacy
from frontdesk.ledger.store import FRONTDESK, Gone, Ledger

__all__ = [
    "FRONTDESK", "Carried", "Database", "Gone", "Leases", "Ledger", "Marks", "Message", "Privacy", "address",
]  # fmt: skip
