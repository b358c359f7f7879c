"""One assessment with all options and schedules: its median time, and whether memory stays flat.

Runs in the Rasa environment and prints JSON. Every situation is another one, so that no cache
answers for it; the last ones are measured after a warm-up that fills the caches of rates and figures.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from irs.assess import assess
from irs.situation import Situation

AS_OF = date(2026, 11, 25)
WARM_UP, MEASURED, FOR_MEMORY = 1500, 300, 1500


def situations(seed: int, number: int):
    """Different situations, most of them with a monthly plan: the costly kind."""
    draw = random.Random(seed)
    for _ in range(number):
        amount = Decimal(draw.randrange(90_000, 6_000_000)) / 100
        yield Situation(
            amount_owed=amount,
            days_to_pay=draw.choice([None, 90, 540, 1460]),
            monthly_payment=(amount / draw.randrange(20, 110)).quantize(Decimal("0.01")),
            returns_filed=draw.choice([True, True, True, None]),
            filed_on_time=draw.choice([True, False, None]),
            direct_debit=draw.choice([True, False, None]),
            due_date=AS_OF + timedelta(days=draw.randrange(-40, 40)),
            tax_year=draw.choice([None, 2021, 2023, 2024]),
            pay_now=draw.choice([None, (amount / 5).quantize(Decimal("0.01"))]),
        ).with_usual_answers()


def resident_kb() -> int:
    """Memory of this process, in kB (Linux; elsewhere 0)."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1])


def main() -> None:
    """Measure and print."""
    for case in situations(1, WARM_UP):
        assess(case, AS_OF)
    times = []
    for case in situations(2, MEASURED):
        begun = time.perf_counter()
        assess(case, AS_OF)
        times.append((time.perf_counter() - begun) * 1000)
    before = resident_kb()
    for case in situations(3, FOR_MEMORY):
        assess(case, AS_OF)
    gained = resident_kb() - before
    print(json.dumps({"median_ms": statistics.median(times), "gained_kb": gained}))


if __name__ == "__main__":
    main()
