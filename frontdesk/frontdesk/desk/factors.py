"""Second factors that are typed: codes of an authenticator app, and recovery codes on paper."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

import pyotp
import segno
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from frontdesk.desk.keys import Keys, fresh_recovery, recovery_hash
from frontdesk.desk.models import Passkey, Recovery, Totp

RECOVERY_CODES = 10
STEP = 30  # seconds
_WINDOW = (-1, 0, 1)  # clocks differ, and typing takes time


def offer_totp(db: Session, keys: Keys, user: str, name: str, firm: str) -> dict[str, str]:
    """A new secret and its QR code, to be confirmed by a first code; what was set up stays."""
    secret = pyotp.random_base32()
    row = db.get(Totp, user) or Totp(user_id=user, last_step=0)
    row.pending = keys.seal(secret)
    db.add(row)
    uri = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=firm)
    picture = segno.make(uri, micro=False).svg_data_uri(scale=4, border=4, light="#ffffff")
    return {"secret": secret, "uri": uri, "qr": picture}


def confirm_totp(db: Session, keys: Keys, user: str, code: str, at: datetime) -> bool:
    """The first code of the new secret: from now on it is the one that counts."""
    row = db.scalar(select(Totp).where(Totp.user_id == user).with_for_update())
    secret = keys.unseal(row.pending) if row is not None and row.pending else None
    step = _step(secret, code, at) if secret else None
    if row is None or step is None:
        return False
    row.sealed, row.pending, row.last_step = row.pending, None, step
    return True


def take_totp(db: Session, keys: Keys, user: str, code: str, at: datetime) -> bool:
    """Whether a code fits; each is taken once, also by two at once."""
    row = db.get(Totp, user)
    secret = keys.unseal(row.sealed) if row is not None and row.sealed else None
    step = _step(secret, code, at) if secret else None
    if step is None:
        return False
    newer = update(Totp).where(Totp.user_id == user, Totp.last_step < step)
    return bool(getattr(db.execute(newer.values(last_step=step)), "rowcount", 0))


def remove_totp(db: Session, user: str) -> bool:
    """Whether there was one to remove."""
    done = db.execute(delete(Totp).where(Totp.user_id == user, Totp.sealed.is_not(None)))
    return bool(getattr(done, "rowcount", 0))


def new_recovery(db: Session, user: str) -> list[str]:
    """Ten fresh codes, to be shown once; the ones before are void."""
    db.execute(delete(Recovery).where(Recovery.user_id == user))
    codes = [fresh_recovery() for _ in range(RECOVERY_CODES)]
    db.add_all(Recovery(hash=recovery_hash(user, c), user_id=user, used_at=None) for c in codes)
    db.flush()
    return codes


def take_recovery(db: Session, user: str, code: str, at: datetime) -> bool:
    """Whether a code fits; of two who use the same one, one does."""
    unused = update(Recovery).where(
        Recovery.hash == recovery_hash(user, code),
        Recovery.user_id == user,
        Recovery.used_at.is_(None),
    )
    return bool(getattr(db.execute(unused.values(used_at=at)), "rowcount", 0))


def recovery_left(db: Session, user: str) -> int:
    """Codes not used yet."""
    unused = select(func.count()).where(Recovery.user_id == user, Recovery.used_at.is_(None))
    return db.scalar(unused) or 0


def kinds(db: Session, user: str) -> list[str]:
    """What the account can confirm a sign-in with."""
    found = []
    if db.scalar(select(Totp.user_id).where(Totp.user_id == user, Totp.sealed.is_not(None))):
        found.append("totp")
    if db.scalar(select(Passkey.id).where(Passkey.user_id == user).limit(1)):
        found.append("passkey")
    if found and recovery_left(db, user):
        found.append("recovery")
    return found


def passkeys(db: Session, user: str) -> Sequence[Passkey]:
    """A user's passkeys, oldest first."""
    theirs = select(Passkey).where(Passkey.user_id == user)
    return db.scalars(theirs.order_by(Passkey.created_at, Passkey.id)).all()


def _step(secret: str, code: str, at: datetime) -> int | None:
    """The half minute a code belongs to, if it is of about now."""
    code = code.replace(" ", "")
    if not (code.isascii() and code.isdigit()):
        return None
    now, totp = int(at.timestamp()) // STEP, pyotp.TOTP(secret, interval=STEP)
    fitting = [
        now + n for n in _WINDOW if hmac.compare_digest(totp.generate_otp(now + n), code)
    ]  # all are compared: the time tells nothing
    return max(fitting, default=None)
