"""Random accounts: hundreds of clients, each living through a chain of cases that its description names.

Everything happens where definitions.md says it can be seen: what only events tell happens in their last 30 days, and a
change without proration falls on a renewal. The blind spots that the definitions name are left out.
"""

from data.sources.demo.account import Account
from data.sources.demo.periods import DAY
from tests.oracle.beginnings import STARTS
from tests.oracle.casebook import NOW
from tests.oracle.steps import RECENT, STEPS
from tests.oracle.world import Life, World


def build(seed: int, *, clients: int = 200, until: int = NOW, time_zone: str | None = None, later_days: int = 0) -> Account:
    """A random account as it stands at `until`; a customer's description holds its cases.

    With `later_days`, more is planned for so many days after it: `advance` the account to see it.
    """
    world = World(seed, clients, until, time_zone)
    for life in world.lives:
        _live(life, later_days)
    return world.account.advance(until)


def _live(life: Life, later_days: int) -> None:
    start = life.chance.choice(STARTS)
    start(life)
    for _ in range(life.chance.randint(0, 4)):
        if life.is_disturbed or life.at > life.world.until - 40 * DAY:
            break
        life.chance.choice(STEPS)(life)
    if not life.is_disturbed and life.chance.random() < 0.25:
        life.at = life.world.until - life.chance.randint(4, 27) * DAY - life.chance.randrange(DAY)
        life.chance.choice(RECENT)(life)
        life.is_disturbed = True
    if later_days and not life.is_disturbed and life.chance.random() < 0.5:
        life.tag("after")
        life.at = life.world.until + life.chance.randint(1, later_days - 3) * DAY + life.chance.randrange(DAY)
        life.chance.choice(RECENT)(life)
    life.account.at(life.world.until, lambda: _describe(life))


def _describe(life: Life) -> None:
    if life.customer:
        life.customer.description = " ".join(life.tags)
