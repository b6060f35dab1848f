"""Settings of the tests over the catalogue: `HYPOTHESIS_PROFILE=deep` looks longer (see `cases.looked`)."""

import hypothesis

hypothesis.settings.register_profile(
    "deep", hypothesis.settings.get_profile("explorer"), max_examples=2000, print_blob=True
)
