"""Stripe's errors, in Stripe's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

DOCS = "https://stripe.com/docs/error-codes/"


class ApiError(Exception):
    """An answer other than 200, as ``{"error": {…}}``."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        kind: str = "invalid_request_error",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        error: dict[str, Any] = {"message": message, "type": kind}
        if code is not None:
            error |= {"code": code, "doc_url": DOCS + code.replace("_", "-")}
        if param is not None:
            error["param"] = param
        self.body = {"error": error}


def masked(secret: str) -> str:
    """A key as 401 texts show it: the prefix and the last four characters."""
    head = "_".join(secret.split("_")[:2]) + "_" if secret.count("_") >= 2 else ""
    return f"{head}{'*' * max(3, len(secret) - len(head) - 4)}{secret[-4:]}"


def no_key() -> ApiError:
    """401: no key was sent."""
    return ApiError(
        401,
        "You did not provide an API key. You need to provide your API key in the Authorization "
        "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See "
        "https://stripe.com/docs/api#authentication for details, or we can help at "
        "https://support.stripe.com/.",
    )


def wrong_key(secret: str) -> ApiError:
    """401: nobody has this key."""
    return ApiError(401, f"Invalid API Key provided: {masked(secret)}")


def publishable_key() -> ApiError:
    """401: the key is made for browsers."""
    return ApiError(
        401,
        "This API call cannot be made with a publishable API key. Please use a secret API key. "
        "You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
        code="secret_key_required",
    )


def expired_key(secret: str) -> ApiError:
    """401: the key was rolled or deleted."""
    text = f"Expired API Key provided: {masked(secret)}"
    return ApiError(401, text, code="api_key_expired")


def barred_key() -> ApiError:
    """401: the key may not be used from this address."""
    return ApiError(401, "The API key provided does not allow requests from your IP address.")


def organisation_key() -> ApiError:
    """400: the key is good for many accounts, and the request names none."""
    return ApiError(
        400,
        "Please include the Stripe-Context header with your target account when using an "
        "Organization API key.",
    )


def missing_permission(secret: str, account: str, permission: str, label: str) -> ApiError:
    """403: a restricted key lacks the permission, which ``label`` names for people."""
    mode = "_".join(secret.split("_")[:2])
    return ApiError(
        403,
        f"Permission denied. The provided key '{mode}_...{secret[-4:]}' does not have the required "
        f"permissions for this endpoint on account '{account}'. Enabling {label} Read "
        f"('{permission}') permissions on this key would allow this request to continue. You can "
        f"edit permissions at https://dashboard.stripe.com/b/{account}?destination=%2Fapikeys",
        code="more_permissions_required",
    )


def foreign_account(secret: str, account: str) -> ApiError:
    """403: the ``Stripe-Account`` header names an account that the key can't reach."""
    mode = "_".join(secret.split("_")[:2])
    return ApiError(
        403,
        f"The provided key '{mode}_***' does not have access to account '{account}' (or that "
        "account does not exist). Application access may have been revoked.",
        code="account_invalid",
    )


def no_connect_permissions() -> ApiError:
    """403: a restricted key that may do nothing for connected accounts was sent with their id."""
    return ApiError(
        403,
        "You passed a restricted API key with the Stripe-Account header, but the restricted API "
        "key does not have any Connect permissions.",
    )


def unknown_url(method: str, path: str) -> ApiError:
    """404: no endpoint has this path."""
    return ApiError(
        404,
        f"Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or we "
        "can help at https://support.stripe.com/.",
    )


def not_reading(method: str, path: str) -> ApiError:
    """405: this stand-in only answers questions."""
    return ApiError(405, f"This account is read only here: {method} {path} was refused.")


def unknown_version(version: str) -> ApiError:
    """400: no such ``Stripe-Version``."""
    return ApiError(400, f"Invalid Stripe API version: {version}")


def missing_object(status: int, kind: str, row_id: str, param: str) -> ApiError:
    """404 for an id in the path, 400 for one in a parameter."""
    text = f"No such {kind}: '{row_id}'"
    return ApiError(status, text, code="resource_missing", param=param)


def aged_out(event_id: str, param: str) -> ApiError:
    """400: the event is past retention."""
    return ApiError(
        400,
        f"The event {event_id} is no longer available because it's aged out of our retention "
        "policy",
        param=param,
    )


def unknown_parameters(names: Sequence[str]) -> ApiError:
    """400: the endpoint has no such parameters."""
    plural = "s" if len(names) > 1 else ""
    text = f"Received unknown parameter{plural}: {', '.join(names)}"
    return ApiError(400, text, code="parameter_unknown", param=names[0])


def missing_parameter(name: str) -> ApiError:
    """400: the endpoint can't do without it."""
    text = f"Missing required param: {name}."
    return ApiError(400, text, code="parameter_missing", param=name)


def not_modelled(name: str, value: object) -> ApiError:
    """400: Stripe has this, the stand-in doesn't."""
    return ApiError(400, f"The stand-in doesn't know {name}={value}", param=name)


def not_aligned(name: str, seconds: int) -> ApiError:
    """400: a time that lies between two boundaries."""
    text = f"{name} must be aligned with boundaries of {seconds} seconds"
    return ApiError(400, text, param=name)


def only_in_testmode() -> ApiError:
    """400: a live key asks for what only tests have."""
    text = "This endpoint is only available in testmode. Try using your test keys instead."
    return ApiError(400, text)


def invalid(kind: str, value: object, param: str) -> ApiError:
    """400: ``kind`` is what was expected: integer, boolean, array, object, string."""
    code = "parameter_invalid_integer" if kind == "integer" else None
    return ApiError(400, f"Invalid {kind}: {value}", code=code, param=param)


def invalid_choice(param: str, choices: Sequence[str]) -> ApiError:
    """400: not one of the values that there are."""
    return ApiError(400, f"Invalid {param}: must be one of {', '.join(choices)}", param=param)


def exclusive(first: str, second: str) -> ApiError:
    """400: two parameters that can't be given together."""
    text = f"Received both {first} and {second} parameters. Please pass in only one."
    return ApiError(400, text, param=first)


def too_many(param: str, most: int) -> ApiError:
    """400: a list with too many values."""
    return ApiError(400, f"You may only specify up to {most} {param}.", param=param)


def empty_value(param: str) -> ApiError:
    """400: a parameter without a value."""
    return ApiError(
        400,
        f"You passed an empty string for '{param}'. We assume empty values are an attempt to unset "
        f"a parameter; however '{param}' cannot be unset. You should remove '{param}' from your "
        "request or supply a non-empty value.",
        code="parameter_invalid_empty",
        param=param,
    )


def not_expandable(name: str, *, in_list: bool = False) -> ApiError:
    """400: there is nothing to expand; ``in_list`` hints at the missing ``data.``."""
    hint = f" You may want to try expanding 'data.{name}' instead." if in_list else ""
    return ApiError(400, f"This property cannot be expanded ({name}).{hint}", param="expand")


def expanded_too_deep(path: str) -> ApiError:
    """400: more than four levels."""
    return ApiError(
        400,
        f"You cannot expand more than 4 levels of a property. Property: {path}",
        code="property_expansion_max_depth",
        param="expand",
    )


def rate_limited(reason: str) -> ApiError:
    """429: ``reason`` is one of global-rate, endpoint-rate, global-concurrency."""
    return ApiError(
        429,
        "Request rate limit exceeded. Learn more about rate limits here "
        "https://stripe.com/docs/rate-limits.",
        code="rate_limit",
        headers={"Stripe-Rate-Limited-Reason": reason},
    )
