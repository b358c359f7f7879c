"""The one gate every message of a person passes: size, characters, rate, masking."""

from frontdesk.gate.clean import MOST_CHARACTERS, Passed, Refused, admit, clean
from frontdesk.gate.rates import Rates

__all__ = ["MOST_CHARACTERS", "Passed", "Rates", "Refused", "admit", "clean"]
