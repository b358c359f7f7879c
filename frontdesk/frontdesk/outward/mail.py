"""E-mail by SMTP. aiosmtplib rather than smtplib: one limit can then be set on a whole sending.

With smtplib a server that lets a byte through now and then would hold a thread for as long as it likes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

import aiosmtplib
import structlog

from frontdesk.outward.outbox import Errand
from frontdesk.outward.settings import Smtp
from frontdesk.outward.ways import Away, Never

log = structlog.get_logger()

SECONDS = 60.0  # for one mail, connecting included
Attachment = tuple[str, str, bytes]  # (file name, type, content)


class Post:
    """Sends mails from one address."""

    def __init__(self, smtp: Smtp, sender: str, firm: str, reply_to: str = "") -> None:
        self._smtp, self._sender, self._firm, self._reply_to = smtp, sender, firm, reply_to

    async def send(
        self,
        errand: Errand,
        to: Sequence[str],
        subject: str,
        text: str,
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """Send one mail; raises Away or Never. Its Message-ID is the errand's, each time it is sent."""
        mail = EmailMessage()
        mail["From"] = formataddr((self._firm, self._sender)) if self._firm else self._sender
        mail["To"] = ", ".join(to)
        mail["Subject"] = subject
        mail["Date"] = format_datetime(errand.created_at)
        mail["Message-ID"] = f"<{errand.key}@{self._sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        if self._reply_to:
            mail["Reply-To"] = self._reply_to
        mail.set_content(text)
        for name, kind, content in attachments:
            main, _, sub = kind.partition("/")
            mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
        await self._send(errand, mail, to)

    async def _send(self, errand: Errand, mail: EmailMessage, to: Sequence[str]) -> None:
        smtp = self._smtp
        try:
            async with asyncio.timeout(SECONDS):
                refused, _ = await aiosmtplib.send(
                    mail, sender=self._sender, recipients=list(to), hostname=smtp.host,
                    port=smtp.port, username=smtp.user or None, password=smtp.password or None,
                    use_tls=smtp.tls, start_tls=smtp.starttls, timeout=20,
                )  # fmt: skip
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [one.code for one in error.recipients]
            if all(500 <= code < 600 for code in codes):
                raise Never(f"smtp {codes[0]} recipient") from error
            raise Away(f"smtp {codes[0]} recipient", whole=False) from error
        except aiosmtplib.SMTPDataError as error:
            if 500 <= error.code < 600:
                raise Never(f"smtp {error.code}") from error
            raise Away(f"smtp {error.code}", whole=False) from error
        except aiosmtplib.SMTPResponseException as error:  # sign-in, sender: for somebody to mend
            raise Away(f"smtp {error.code}") from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise Away(type(error).__name__) from error
        if refused:  # some of several; the others have it
            log.warning("mail refused for some", entry=errand.id, count=len(refused))
