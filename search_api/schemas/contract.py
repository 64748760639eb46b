"""The base of every schema."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema

__all__ = ["Asked", "Contract"]


class Contract(BaseModel):
    """Base of every schema: frozen, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_SCALARS = ("int", "float", "bool")


def _strict(schema: Any) -> Any:
    """Return a schema whose scalars, and those of what is in it, are strict."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _strict(value) for key, value in schema.items()}
    return made | {"strict": True} if schema.get("type") in _SCALARS else made


class Asked(Contract):
    """Base of every body that is sent here: a number is a number, yes and no are true and false.

    Left to itself pydantic reads "5" and true as numbers and "no" as false, none of which the
    schema allows. `strict` for all of a class would refuse lists as well, which JSON has for
    tuples.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return what pydantic makes of the class, its scalars strict."""
        schema: CoreSchema = _strict(handler(source))
        return schema
