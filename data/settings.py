"""Every setting in one place: its name, what it means, its default, and where its value comes from.

A value is taken from a flag, else the environment, else `.streamlit/secrets.toml` in the working folder, else
`settings.toml` in the home folder (which the dashboard writes, mode 0600), else the default.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import platformdirs

from data import settings_file
from data.errors import SettingsError
from data.settings_check import checked

CHECKOUT_SECRETS = Path(".streamlit/secrets.toml")
HOME_SETTINGS = "settings.toml"


def setting(default: Any, env: str, about: str, *, secret: bool = False) -> Any:
    """A dataclass field that knows its variable's name, its help text and whether it may be shown."""
    return field(default=default, metadata={"env": env, "help": about, "secret": secret}, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """All settings with their values; frozen, so a run sees one state of them from start to end."""

    home: Path = setting(Path(), "RETAINER_HOME", "Folder of the warehouses, settings and spooled syncs.")
    show: str = setting(
        "auto",
        "RETAINER_SHOW",
        "Which warehouse is shown: `own`, `demo`, or `auto` (your own as soon as it holds something).",
    )
    time_zone: str = setting(
        "",
        "RETAINER_TIME_ZONE",
        "Time zone that cuts days and months, as `Europe/Paris`; empty: the Stripe account's, else UTC.",
    )
    reporting_currency: str = setting(
        "", "RETAINER_CURRENCY", "Currency shown first, as `eur`; empty: the one with the most MRR."
    )
    exchange_rates: str = setting(
        "",
        "RETAINER_EXCHANGE_RATES",
        "What one unit of other currencies is worth in RETAINER_CURRENCY, as `usd 0.92, gbp 1.17`; empty: they stay apart.",
    )
    grace_days: int = setting(
        30,
        "RETAINER_GRACE_DAYS",
        "Days that an agreement without an end goes on after `paid_until` before it counts as churned.",
    )
    once_coupons: str = setting(
        "ignore",
        "RETAINER_ONCE_COUPONS",
        "`ignore`: a coupon for one invoice leaves MRR alone; `count`: it lowers it while it lasts.",
    )
    price_book: str = setting(
        "wordpress_care", "RETAINER_PRICE_BOOK", "Price book that tiers and proposals follow: an id or a file."
    )
    sender_name: str = setting("", "RETAINER_SENDER_NAME", "Your name, as e-mails are signed.")
    sender_company: str = setting("", "RETAINER_SENDER_COMPANY", "Your trading name, as e-mails are signed.")
    sender_email: str = setting("", "RETAINER_SENDER_EMAIL", "Your address, the sender of e-mail drafts.")
    allowed_emails: str = setting(
        "",
        "RETAINER_USERS",
        "E-mail addresses that may open the dashboard where log-in is set up, separated by commas; empty: whoever can log in.",
    )
    register: str = setting(
        "formal", "RETAINER_REGISTER", "How e-mails address a client: `formal` (vous, dumneavoastră) or `informal` (tu)."
    )
    testimonials: str = setting(
        "",
        "RETAINER_TESTIMONIALS",
        "What clients said of you, one a line, for proposals to new clients; a line may open with its language, as `fr:`.",
    )
    follow_up_days: int = setting(
        5, "RETAINER_FOLLOW_UP_DAYS", "Working days after which a proposal without an answer is followed up."
    )
    target_rate: str = setting(
        "",
        "RETAINER_TARGET_RATE",
        "What an hour of work should bring, as `60`, or by currency, as `eur 60, ron 300`; empty: no target.",
    )
    fee_percent: str = setting(
        "",
        "RETAINER_FEE_PERCENT",
        "What payments cost, in per cent of the MRR of clients who pay through Stripe, as `2.5`; empty: nothing.",
    )
    round_day: int = setting(
        1, "RETAINER_ROUND_DAY", "Day of the week on which the weekly round is due: 1 is Monday, 7 is Sunday."
    )
    report_every: str = setting(
        "monthly", "RETAINER_REPORT_EVERY", "How often clients get a care report: `monthly`, `quarterly` or `never`."
    )
    report_day: int = setting(
        5, "RETAINER_REPORT_DAY", "Day of the month on which care reports of the month or quarter before are due."
    )
    report_language: str = setting(
        "en",
        "RETAINER_REPORT_LANGUAGE",
        "Language of care reports and price changes to clients whose own is not known, as `fr`.",
    )
    reminder_days: int = setting(3, "RETAINER_REMINDER_DAYS", "Days that an invoice is unpaid until the client is reminded.")
    suspension_days: int = setting(
        15, "RETAINER_SUSPENSION_DAYS", "Days that an invoice is unpaid until services may be suspended."
    )
    termination_days: int = setting(
        30, "RETAINER_TERMINATION_DAYS", "Days that an invoice is unpaid until the agreement may be ended."
    )
    monthly_outside_stripe: str = setting(
        "refuse",
        "RETAINER_MONTHLY_OUTSIDE",
        "`refuse`: who doesn't pay by card prepays 3, 6 or 12 months; `allow`: an agreement outside Stripe may be monthly.",
    )
    calendar_token: str = setting(
        "", "RETAINER_CALENDAR_TOKEN", "Secret in the address of the calendar feed; empty: there is no feed.", secret=True
    )
    calendar_details: str = setting(
        "hide", "RETAINER_CALENDAR_DETAILS", "`hide`: calendars get no amounts and no e-mail addresses; `show`: they do."
    )
    sync_minutes: int = setting(
        60, "RETAINER_SYNC_MINUTES", "Minutes between two syncs by themselves while the dashboard runs; 0: only on demand."
    )
    hours_available: int = setting(
        0,
        "RETAINER_HOURS_AVAILABLE",
        "Hours a month that you have for retainers; proposals then know how many places are left (R9); 0: not said.",
    )
    notes_model: str = setting(
        "",
        "RETAINER_NOTES_MODEL",
        "Language model that may read call notes as well, as `openai:gpt-5-mini`, if asked; empty: none, and notes stay here.",
    )
    notice_days: int = setting(30, "RETAINER_NOTICE_DAYS", "Days before a new price by which the client is to be told of it.")
    sender_address: str = setting("", "RETAINER_SENDER_ADDRESS", "Your postal address, as agreements name you.")
    sender_number: str = setting("", "RETAINER_SENDER_NUMBER", "Your company or tax number, as agreements name you.")
    law: str = setting("", "RETAINER_LAW", "Country or state whose law agreements follow, as `France`.")
    court: str = setting("", "RETAINER_COURT", "Place whose courts decide about agreements, as `Lyon`.")
    stripe_api_key: str = setting(
        "", "STRIPE_API_KEY", "Stripe key, best a restricted one with read access only (`rk_…`).", secret=True
    )
    stripe_api_base: str = setting("", "STRIPE_API_BASE", "Another server that speaks Stripe's API, for tests.")

    mainwp_url: str = setting("", "MAINWP_URL", "Address of your MainWP dashboard, as `https://dashboard.example.com`.")
    mainwp_key: str = setting(
        "", "MAINWP_KEY", "MainWP’s REST API key (v2, read): `ck_…:cs_…`, or the Bearer token alone.", secret=True
    )
    wp_umbrella_key: str = setting("", "WP_UMBRELLA_KEY", "WP Umbrella’s public API token.", secret=True)
    wp_umbrella_url: str = setting("", "WP_UMBRELLA_URL", "Another server that speaks WP Umbrella’s API, for tests.")
    uptime_kuma_url: str = setting("", "UPTIME_KUMA_URL", "Address of your Uptime Kuma, as `https://status.example.com`.")
    uptime_kuma_key: str = setting(
        "", "UPTIME_KUMA_KEY", "Uptime Kuma’s API key, or `user:password` where it has none.", secret=True
    )
    uptimerobot_key: str = setting("", "UPTIMEROBOT_KEY", "UptimeRobot’s API key (v3), best a read-only one.", secret=True)
    uptimerobot_url: str = setting("", "UPTIMEROBOT_URL", "Another server that speaks UptimeRobot’s API, for tests.")
    site_files: str = setting(
        "", "RETAINER_SITE_FILES", "Folder of WP-CLI and UpdraftPlus files, a subfolder a site, read at each sync."
    )
    backup_days: int = setting(1, "RETAINER_BACKUP_DAYS", "Days within which a full backup must be made (F22–F24).")
    kept_days: int = setting(30, "RETAINER_KEPT_DAYS", "Days for which backups must be kept (F26).")
    update_days: int = setting(7, "RETAINER_UPDATE_DAYS", "Days within which updates must be made or found unnecessary (F25).")
    restore_days: int = setting(365, "RETAINER_RESTORE_DAYS", "Days within which a restore must be tested (F22).")
    uptime_days: int = setting(7, "RETAINER_UPTIME_DAYS", "Days for which a measured uptime counts as known.")

    @property
    def own_warehouse(self) -> Path:
        """The file that holds the user's own data."""
        return self.home / "retainer.duckdb"

    @property
    def demo_warehouse(self) -> Path:
        """The file that holds the demo; never mixed with the user's own."""
        return self.home / "demo.duckdb"

    @property
    def is_demo(self) -> bool:
        """Whether the demo is what is shown now."""
        return self.show == "demo" or (self.show == "auto" and not self.own_warehouse.exists())

    @property
    def warehouse(self) -> Path:
        """The file of the warehouse that is shown."""
        return self.demo_warehouse if self.is_demo else self.own_warehouse

    @property
    def rules(self) -> tuple[Any, ...]:
        """The settings that figures follow: where one of them changes, everything is rebuilt."""
        return (
            *(self.time_zone, self.grace_days, self.once_coupons, self.price_book, *self.care_limits.items()),
            *(self.reporting_currency if self.exchange_rates else "", self.exchange_rates),
            *(self.target_rate, self.fee_percent, self.round_day, self.report_every, self.report_day, self.report_language),
        )

    @property
    def care_limits(self) -> dict[str, int]:
        """The limit of each rule of care, in days (mission.md F22–F26)."""
        return {
            "backup_daily": self.backup_days,
            "backup_kept_30_days": self.kept_days,
            "updates_weekly": self.update_days,
            "restore_test": self.restore_days,
            "uptime": self.uptime_days,
        }


NAMES = {spec.metadata["env"]: spec.name for spec in fields(Settings)}


def load(**flags: Any) -> Settings:
    """All settings as they stand now; `flags` win over every other place.

    Raises SettingsError for a value of the wrong kind and for a settings file that is not TOML.
    """
    home = Path(str(flags.get("home") or os.environ.get("RETAINER_HOME") or platformdirs.user_data_dir("retainer-desk", False)))
    told: dict[str, Any] = {}
    for layer in (settings_file.read(home / HOME_SETTINGS), settings_file.read(CHECKOUT_SECRETS), os.environ):
        told.update({NAMES[env]: value for env, value in layer.items() if env in NAMES and value != ""})
    values = {name: _coerce(name, value) for name, value in told.items()}
    values |= {name: value for name, value in flags.items() if value is not None}
    return _made(home.expanduser().absolute(), tuple(sorted(values.items())))


@lru_cache(maxsize=32)
def _made(home: Path, values: tuple[tuple[str, Any], ...]) -> Settings:
    # A page asks for the settings thirty times in a run; the same values are checked once.
    return checked(Settings(**{**dict(values), "home": home}))


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings as environment variables for a process of our own; those left empty are left out."""
    values = {spec.metadata["env"]: str(getattr(settings, spec.name)) for spec in fields(Settings)}
    return {name: value for name, value in values.items() if value}


def save(settings: Settings, **changes: Any) -> Settings:
    """Write changed values to the home folder's settings file (0600, replaced in one step) and return the new settings."""
    changed = checked(replace(settings, **changes))
    env = {spec.name: spec.metadata["env"] for spec in fields(Settings)}
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings_file.change(settings.home / HOME_SETTINGS, {env[name]: getattr(changed, name) for name in changes})
    return changed


def overruled(changes: Mapping[str, Any]) -> list[str]:
    """Those of the values just saved that don't hold, because the environment or a secrets file says otherwise."""
    now = load()
    return [name for name, value in changes.items() if getattr(now, name) != value]


def helps() -> dict[str, str]:
    """The help text of each setting, by the setting's name."""
    return {spec.name: str(spec.metadata["help"]) for spec in fields(Settings)}


def _env(name: str) -> str:
    return str(Settings.__dataclass_fields__[name].metadata["env"])


def _coerce(name: str, value: Any) -> Any:
    env = _env(name)
    if isinstance(value, list | dict | bool | float):
        raise SettingsError(f"{env} is “{value}”.", "Write it as one word or number.")
    if not isinstance(Settings.__dataclass_fields__[name].default, int):
        return str(value)
    try:
        return int(value)
    except ValueError as error:
        raise SettingsError(f"{env} is “{value}”, not a whole number.", "Write it in digits, as 30.") from error
