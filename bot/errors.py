"""One tree of errors: each says what to do, and carries a locale key fit for a user where one may see it."""

from __future__ import annotations

from datetime import timedelta


class BotError(Exception):
    """Base of all our errors. `str(error)` is one line for the operator; `key` names the locale message for a person."""

    key: str = "error-ours"

    def __init__(self, message: str, *, key: str | None = None, **params: object) -> None:
        super().__init__(" ".join(message.split()))
        if key is not None:
            self.key = key
        self.params = params


class BadInput(BotError):
    """What the person or the operator gave cannot be used; asking again with the same input is useless."""

    key = "error-bad-input"


class ConfigurationError(BadInput):
    """A setting is missing or wrong; the program cannot start."""


class StoreUnavailable(BotError):
    """The store does not answer; nothing was lost, try again later."""

    key = "error-busy"


# ── collecting ───────────────────────────────────────────────────────────────────────────────────────────────────────


class SourceBroken(BotError):
    """A source or page could not be read; others go on."""

    key = "error-unreadable"


class AddressRefused(SourceBroken):
    """The address may not be opened: scheme, private network, redirect trick."""

    key = "error-address"


class NotAnArticle(SourceBroken):
    """The page was read but is no article: a consent page, a captcha, a listing, an error page with status 200."""

    key = "error-not-article"


# ── delivering ───────────────────────────────────────────────────────────────────────────────────────────────────────


class DeliveryError(BotError):
    """Base of what a platform may answer to a message."""


class RetryLater(DeliveryError):
    """The platform asks to wait, or failed in passing; nothing was sent. `after` is how long, None if it did not say."""

    def __init__(self, message: str, *, after: timedelta | None = None, everyone: bool = False) -> None:
        super().__init__(message)
        self.after = after
        self.everyone = everyone
        """The whole bot must wait, not this recipient alone."""


class RecipientGone(DeliveryError):
    """This recipient can never be reached until they return by themselves."""


class RecipientMoved(DeliveryError):
    """The chat has a new id."""

    def __init__(self, message: str, *, new_id: int) -> None:
        super().__init__(message)
        self.new_id = new_id


class Rejected(DeliveryError):
    """Our fault: the platform refuses this message for everybody. Do not repeat it."""


class OutcomeUnknown(DeliveryError):
    """The connection was lost after the request was sent: the platform may or may not have accepted it."""


class TokenRefused(DeliveryError, ConfigurationError):
    """The platform does not know our token."""
