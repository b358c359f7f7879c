"""What a computed plan becomes: a card, a PDF, a calendar file; and a transcript of the talk.

Everything is a pure function of its arguments and bound to the processor: call it in a thread.
``card.card``, ``pdf.pdf``, ``dates.dates``, ``transcript.text`` and ``transcript.page``.
"""
