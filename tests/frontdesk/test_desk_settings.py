"""A wrong setting of the desk stops the start with a sentence that names it."""

import pytest
from desk_stand import settings_of
from pydantic import ValidationError

ISSUER = {"desk_oidc_issuer": "https://id.firm.example", "desk_oidc_client_id": "desk"}


@pytest.mark.parametrize(
    "wrong, name",
    [
        ({"desk_origin": "desk.example.com"}, "DESK_ORIGIN"),
        ({"desk_origin": "https://desk.example.com/"}, "DESK_ORIGIN"),
        ({"desk_origin": "https://desk.example.com/desk"}, "DESK_ORIGIN"),
        ({"desk_timezone": "Central"}, "DESK_TIMEZONE"),
        ({"desk_timezone": "../etc/passwd"}, "DESK_TIMEZONE"),
        (ISSUER | {"desk_oidc_issuer": "http://id.firm.example"}, "DESK_OIDC_ISSUER"),
        (ISSUER | {"desk_oidc_client_id": ""}, "DESK_OIDC_CLIENT_ID"),
        ({"desk_oidc_client_id": "desk"}, "DESK_OIDC_ISSUER"),
        (ISSUER | {"desk_oidc_groups": "tax=owner"}, "DESK_OIDC_GROUPS"),
        (ISSUER | {"desk_oidc_groups": "tax"}, "DESK_OIDC_GROUPS"),
    ],
)
def test_what_cannot_be(tmp_path, wrong, name):
    with pytest.raises(ValidationError, match=name):
        settings_of(tmp_path, **wrong)


def test_groups_may_hold_an_equals_sign(tmp_path):
    made = settings_of(tmp_path, **ISSUER, desk_oidc_groups="CN=tax=advisor, leads = manager,")
    assert made.desk_groups == {"CN=tax": "advisor", "leads": "manager"}
