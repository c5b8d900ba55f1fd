"""Faults a server shows on purpose: refusals, bursts of 429 and 5xx, dropped connections, slow answers."""

from dataclasses import dataclass, field
from threading import Lock


@dataclass
class Fault:
    """For the next `times` requests whose path starts so: this status, a dropped connection, or a delay."""

    path: str = "/v1/"
    status: int | None = None
    times: int = 1
    retry_after: str | None = None
    is_dropped: bool = False
    delay: float = 0.0
    after: int = 0


@dataclass
class Faults:
    """The faults that still wait for their requests; safe to use from many threads."""

    waiting: list[Fault] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, **terms: object) -> None:
        """Plan a fault."""
        with self._lock:
            self.waiting.append(Fault(**terms))  # type: ignore[arg-type]

    def next(self, path: str) -> Fault | None:
        """The fault that this request meets, if any."""
        with self._lock:
            for fault in self.waiting:
                if path.startswith(fault.path) and fault.times:
                    if fault.after:
                        fault.after -= 1
                        continue
                    fault.times -= 1
                    return fault
        return None


RATE_LIMIT = {
    "message": "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
    "type": "invalid_request_error",
    "code": "rate_limit",
    "doc_url": "https://stripe.com/docs/error-codes/rate-limit",
}
BROKEN = {"message": "An unknown error occurred", "type": "api_error"}

PERMISSIONS = {
    "account": "rak_account_read",
    "charges": "rak_charge_read",
    "coupons": "rak_coupon_read",
    "credit_notes": "rak_credit_note_read",
    "customers": "rak_customer_read",
    "disputes": "rak_dispute_read",
    "events": "rak_event_read",
    "invoice_payments": "rak_invoice_read",
    "invoiceitems": "rak_invoice_read",
    "invoices": "rak_invoice_read",
    "payment_methods": "rak_payment_method_read",
    "prices": "rak_plan_read",
    "products": "rak_product_read",
    "refunds": "rak_charge_read",
    "subscription_items": "rak_subscription_read",
    "subscription_schedules": "rak_subscription_read",
    "subscriptions": "rak_subscription_read",
}


def wrong_key(key: str) -> dict[str, str]:
    """The body of a 401."""
    return {"message": f"Invalid API Key provided: {key[:8]}{'*' * 8}{key[-4:]}", "type": "invalid_request_error"}


def missing_permission(key: str, resource: str, account: str) -> dict[str, str]:
    """The body of a 403 for a restricted key."""
    return {
        "message": (
            f"The provided key '{key[:8]}{'*' * 8}{key[-4:]}' does not have the required permissions for this endpoint on "
            f"account '{account}'. Having the '{PERMISSIONS.get(resource, 'rak_' + resource)}' permission would allow this "
            "request to continue."
        ),
        "type": "invalid_request_error",
    }
