"""Makes the file with the examples' embeddings that lies beside the encoder's weights.

``.venv/bin/python -m tools.vectors`` reads the examples as a training does, encodes them all and prints
the SHA-256 that ``assistant/nlu/known_vectors.py`` is to hold. To be run after the encoder was tuned anew,
or when many examples were added.
"""

from __future__ import annotations

import hashlib

from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import TEXT

from assistant.nlu import known_vectors
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.head import normal
from assistant.topics import topics
from tools.project import ROOT


def main() -> None:
    """Encode, write, print."""
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")]
    )
    examples = importer.get_nlu_data().intent_examples
    said = [example.get(TEXT) for example in examples if example.get(TEXT)]
    said += [w for t in topics().values() for asked in t.asked_next for w in asked.wordings]
    texts = [normal(text) for text in said]
    packed = known_vectors.pack(texts, shared_encoder(None))
    known_vectors.FILE.write_bytes(packed)
    print(f"{len(texts)} examples, {len(packed) / 2**20:.1f} MB")
    print(f'SHA256 = "{hashlib.sha256(packed).hexdigest()}"')


if __name__ == "__main__":
    main()
