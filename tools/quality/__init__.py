"""``make eval``: what is scored (cases), how it is judged (judge), what it means (stats, report)."""
