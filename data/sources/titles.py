"""The names of all sources as people write them, and which of them tell of care."""

TITLES = {
    "stripe": "Stripe",
    "agreements": "Agreements",
    "maintenance": "Care file",
    "mainwp": "MainWP",
    "wp_umbrella": "WP Umbrella",
    "uptime_kuma": "Uptime Kuma",
    "uptime_robot": "UptimeRobot",
    "wp_cli": "WP-CLI",
    "updraft": "UpdraftPlus",
    "child_reports": "MainWP Child Reports",
    "toggl": "Toggl Track",
    "clockify": "Clockify",
    "harvest": "Harvest",
}
CARE = tuple(name for name in TITLES if name not in ("stripe", "agreements"))


def in_sentence(source: str) -> str:
    """A source's name inside a sentence: products keep their capital, our own words don't."""
    return {"maintenance": "the care file", "agreements": "the list of agreements"}.get(source, title_of(source))


def title_of(source: str) -> str:
    """A source's name in sentences; one that is not known is written in words."""
    return TITLES.get(source, source.replace("_", " ").capitalize())
