"""Settings of the service: from the environment, bounded, with errors that name the variable."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.errors import InputError
from search_api.settings import Settings, variable_name


def test_the_service_listens_to_this_machine_only_and_logs_no_requests() -> None:
    settings = Settings.from_environment({})
    assert settings.host == "127.0.0.1"
    assert settings.allowed_hosts == ()
    assert settings.access_log is False


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_settings_are_read_from_the_environment() -> None:
    settings = Settings.from_environment(
        {
            "PRECEDENT_PORT": "9000",
            "PRECEDENT_INDEX": "some/index",
            "PRECEDENT_MODELS": "some/models",
            "PRECEDENT_ALLOWED_HOSTS": "api, Search.Example ,",
            "PRECEDENT_ACCESS_LOG": "true",
            "PRECEDENT_REQUEST_TIMEOUT_S": "2.5",
            "PRECEDENT_HOST": "",
            "PRECEDENT_DATA": "of no concern",
        }
    )
    assert settings.port == 9000
    assert settings.index_dir == Path("some/index")
    assert settings.models_dir == Path("some/models")
    assert settings.allowed_hosts == ("api", "search.example")
    assert settings.access_log is True
    assert settings.request_timeout_s == 2.5
    assert settings.host == "127.0.0.1"


def test_what_is_given_takes_precedence_unless_it_is_none() -> None:
    environment = {"PRECEDENT_PORT": "9000", "PRECEDENT_HOST": "127.0.0.2"}
    settings = Settings.from_environment(environment, port=9001, host=None)
    assert (settings.port, settings.host) == (9001, "127.0.0.2")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", "65536"),
        ("port", "http"),
        ("max_body_bytes", "0"),
        ("engine_threads", "0"),
        ("request_timeout_s", "-1"),
        ("request_timeout_s", "nan"),
        ("poll_s", "0"),
        ("allowed_hosts", "*"),
        ("allowed_hosts", "localhost:8000"),
        ("allowed_hosts", "http://localhost"),
        ("log_level", "loud"),
        ("access_log", "perhaps"),
    ],
)
def test_a_value_out_of_bounds_names_its_variable_and_what_it_sets(field: str, value: str) -> None:
    with pytest.raises(InputError) as caught:
        Settings.from_environment({variable_name(field): value})
    assert caught.value.subject == variable_name(field)
    assert repr(value) in caught.value.cause
    assert str(Settings.model_fields[field].description) in caught.value.remedy


def test_a_given_value_out_of_bounds_names_its_field() -> None:
    with pytest.raises(InputError, match=r"^port: .*65535 \(got 70000\)"):
        Settings.from_environment({"PRECEDENT_PORT": "9000"}, port=70000)


def test_an_unknown_setting_is_an_error() -> None:
    with pytest.raises(InputError, match="no such setting"):
        Settings.from_environment({}, prot=1)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings.from_environment({}).port = 1  # type: ignore[misc]
