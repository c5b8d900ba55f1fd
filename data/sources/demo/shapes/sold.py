"""Products, prices, plans and coupons in Stripe's newest shape."""

from data.sources.demo.catalogue import Coupon, Price, Product, TaxRate
from data.sources.demo.shapes.basics import Object, decimal, whole


def product(sold: Product) -> Object:
    """A product object."""
    return {
        "id": sold.id,
        "object": "product",
        "active": sold.active,
        "created": sold.created,
        "default_price": None,
        "description": None,
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": {},
        "name": sold.name,
        "package_dimensions": None,
        "shippable": None,
        "statement_descriptor": None,
        "tax_code": None,
        "type": "service",
        "unit_label": None,
        "updated": sold.created,
        "url": None,
    }


def price(sold: Price) -> Object:
    """A price object, its tiers included (an answer leaves them out unless they are expanded)."""
    is_tiered = bool(sold.tiers)
    return {
        "id": sold.id,
        "object": "price",
        "active": sold.active,
        "billing_scheme": "tiered" if is_tiered else "per_unit",
        "created": sold.created,
        "currency": sold.currency,
        "currency_options": {
            currency: {
                "custom_unit_amount": None,
                "tax_behavior": sold.tax_behavior,
                "unit_amount": whole(unit),
                "unit_amount_decimal": decimal(unit),
            }
            for currency, unit in ({sold.currency: sold.unit} | sold.elsewhere if not is_tiered else {}).items()
        },
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": sold.lookup_key,
        "metadata": {},
        "nickname": sold.nickname,
        "product": sold.product.id,
        "recurring": _recurring(sold),
        "tax_behavior": sold.tax_behavior,
        "tiers": [
            {
                "flat_amount": tier.flat or None,
                "flat_amount_decimal": str(tier.flat) if tier.flat else None,
                "unit_amount": whole(tier.unit),
                "unit_amount_decimal": decimal(tier.unit),
                "up_to": tier.up_to,
            }
            for tier in sold.tiers
        ]
        or None,
        "tiers_mode": sold.tiers_mode,
        "transform_quantity": {"divide_by": sold.divide_by, "round": sold.divide_round} if sold.divide_by else None,
        "type": "recurring" if sold.interval else "one_time",
        "unit_amount": None if is_tiered else whole(sold.unit),
        "unit_amount_decimal": None if is_tiered else decimal(sold.unit),
    }


def _recurring(sold: Price) -> Object | None:
    if not sold.interval:
        return None
    return {
        "interval": sold.interval,
        "interval_count": sold.interval_count,
        "meter": f"mtr_{sold.id}" if sold.is_metered else None,
        "trial_period_days": None,
        "usage_type": "metered" if sold.is_metered else "licensed",
    }


def plan(sold: Price) -> Object:
    """The same price as a plan, which subscription items still carry."""
    shown = price(sold)
    return {
        "id": sold.id,
        "object": "plan",
        "active": sold.active,
        "amount": shown["unit_amount"],
        "amount_decimal": shown["unit_amount_decimal"],
        "billing_scheme": shown["billing_scheme"],
        "created": sold.created,
        "currency": sold.currency,
        "interval": sold.interval,
        "interval_count": sold.interval_count,
        "livemode": False,
        "metadata": {},
        "meter": f"mtr_{sold.id}" if sold.is_metered else None,
        "nickname": sold.nickname,
        "product": sold.product.id,
        "tiers_mode": sold.tiers_mode,
        "transform_usage": shown["transform_quantity"],
        "trial_period_days": None,
        "usage_type": "metered" if sold.is_metered else "licensed",
    }


def coupon(given: Coupon) -> Object:
    """A coupon object, its `applies_to` included (an answer leaves it out unless it is expanded)."""
    share = given.percent_off
    return {
        "id": given.id,
        "object": "coupon",
        "amount_off": given.amount_off,
        "applies_to": {"products": list(given.products)} if given.products else None,
        "created": given.created,
        "currency": given.currency,
        "currency_options": {},
        "duration": given.duration,
        "duration_in_months": given.months,
        "livemode": False,
        "max_redemptions": None,
        "metadata": {},
        "name": given.name,
        "percent_off": None if share is None else float(share),
        "redeem_by": None,
        "times_redeemed": 1,
        "valid": True,
    }


def tax_rate(rate: TaxRate) -> Object:
    """A tax rate object."""
    return {
        "id": rate.id,
        "object": "tax_rate",
        "active": True,
        "country": None,
        "created": 0,
        "description": None,
        "display_name": rate.name,
        "effective_percentage": float(rate.percent),
        "inclusive": rate.is_inclusive,
        "jurisdiction": None,
        "jurisdiction_level": None,
        "livemode": False,
        "metadata": {},
        "percentage": float(rate.percent),
        "rate_type": "percentage",
        "state": None,
        "tax_type": "vat",
    }
