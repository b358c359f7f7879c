"""Properties: the same examples on every run, so that none fails by chance; `deep` looks further."""

from hypothesis import Phase, settings

settings.register_profile(
    "rules",
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
)
settings.register_profile("deep", max_examples=1500, deadline=None, database=None)
settings.register_profile(
    "unshrunk", settings.get_profile("rules"), phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("rules")
