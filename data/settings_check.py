"""What the values of settings may be."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data import rates
from data.errors import SettingsError

if TYPE_CHECKING:
    from data.settings import Settings

CHOICES = {
    "show": ("auto", "own", "demo"),
    "once_coupons": ("ignore", "count"),
    "register": ("formal", "informal"),
    "report_every": ("monthly", "quarterly", "never"),
    "monthly_outside_stripe": ("refuse", "allow"),
    "calendar_details": ("hide", "show"),
}


def checked(settings: "Settings") -> "Settings":
    """The same settings; SettingsError names the first that can’t be, and what it may be."""
    for choice, known in CHOICES.items():
        if getattr(settings, choice) not in known:
            words = f"{', '.join(known[:-1])} or {known[-1]}"
            raise SettingsError(f"{_env(settings, choice)} is “{getattr(settings, choice)}”.", f"Use {words}.")
    if not 1 <= settings.round_day <= 7:
        raise SettingsError(f"RETAINER_ROUND_DAY is {settings.round_day}.", "Use 1 for Monday to 7 for Sunday.")
    if not 1 <= settings.report_day <= 28:
        raise SettingsError(f"RETAINER_REPORT_DAY is {settings.report_day}.", "Use a day of the month from 1 to 28.")
    rates.target_rates(settings.target_rate)
    rates.fee_share(settings.fee_percent)
    rates.exchange_rates(settings.exchange_rates, settings.reporting_currency)
    _check_billing(settings)
    if not 0 <= settings.grace_days <= 3650:
        raise SettingsError(f"RETAINER_GRACE_DAYS is {settings.grace_days}.", "Use a number of days from 0 to 3650.")
    for name in ("backup_days", "kept_days", "update_days", "restore_days", "uptime_days"):
        if not 1 <= getattr(settings, name) <= 3650:
            raise SettingsError(f"{_env(settings, name)} is {getattr(settings, name)}.", "Use a number of days from 1 to 3650.")
    if not 0 <= settings.notice_days <= 366:
        raise SettingsError(f"RETAINER_NOTICE_DAYS is {settings.notice_days}.", "Use a number of days from 0 to 366.")
    if settings.time_zone:
        try:
            ZoneInfo(settings.time_zone)
        except (KeyError, ValueError, OSError) as error:
            raise SettingsError(
                f"RETAINER_TIME_ZONE names no time zone: “{settings.time_zone}”.", "Write it as Europe/Paris."
            ) from error
    return settings


def _check_billing(settings: "Settings") -> None:
    if not 0 < settings.reminder_days < settings.suspension_days < settings.termination_days <= 365:
        raise SettingsError(
            "The days to reminder, suspension and termination are out of order.",
            "Use RETAINER_REMINDER_DAYS < RETAINER_SUSPENSION_DAYS < RETAINER_TERMINATION_DAYS, as 3, 15 and 30.",
        )
    if not 0 <= settings.sync_minutes <= 10_080:
        raise SettingsError(f"RETAINER_SYNC_MINUTES is {settings.sync_minutes}.", "Use 0, or minutes up to a week (10080).")


def _env(settings: "Settings", name: str) -> str:
    return str(type(settings).__dataclass_fields__[name].metadata["env"])
