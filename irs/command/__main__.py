"""``python -m irs.command``."""

import sys

from irs.command import main

sys.exit(main())
