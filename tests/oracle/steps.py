"""What happens to the clients of a random account later: in time that has to be reconstructed, and in the last 30 days."""

from collections.abc import Callable

from data.sources.demo import billing, discounting, lines, payments, subscriptions
from data.sources.demo.periods import DAY
from tests.oracle.world import Life, make_coupon

# What happens later, in reconstructed time


def quantity(life: Life) -> None:
    """Another quantity in mid-period, prorated."""
    life.tag("quantity")
    count = life.chance.randint(1, 9)
    life.later(20, 90)
    how = life.chance.choice(["create_prorations", "always_invoice"])
    change = lambda: subscriptions.change(life.account, life.sub, life.sub.items[0], quantity=count, proration=how)  # noqa: E731
    life.plan(life.alive(change))
    life.at += 32 * DAY


def price(life: Life) -> None:
    """Another price of the same interval in mid-period, prorated."""
    life.tag("price")
    life.later(20, 90)

    def change() -> None:
        item = life.sub.items[0]
        other = life.world.price(life.sub.currency, item.price.interval or "month", item.price.interval_count)
        subscriptions.change(life.account, life.sub, item, price=other)

    life.plan(life.alive(change))
    life.at += 32 * DAY


def interval(life: Life) -> None:
    """From whatever interval to a year, which starts a new period."""
    life.tag("to_yearly")
    life.later(20, 90)
    yearly = life.world.price(life.currency, "year")

    def change() -> None:
        if len(life.sub.items) == 1 and not _repeating(life):
            subscriptions.change(life.account, life.sub, life.sub.items[0], price=yearly)

    life.plan(life.alive(change))
    life.at += 32 * DAY


def _repeating(life: Life) -> bool:
    owners = [life.sub, *life.sub.items]
    return any(one.coupon.duration == "repeating" for owner in owners for one in owner.discounts)


def scheduled(life: Life) -> None:
    """A change planned for the next renewal, without proration."""
    life.tag("scheduled")
    life.later(20, 90)

    def plan() -> None:
        item = life.sub.items[0]
        other = life.world.price(life.sub.currency, item.price.interval or "month", item.price.interval_count)
        subscriptions.schedule_change(life.account, life.sub, other, life.chance.randint(1, 4))

    life.plan(life.alive(plan))
    life.at += 64 * DAY


def more_items(life: Life) -> None:
    """An item added, and perhaps taken away again."""
    life.tag("item_added")
    life.later(20, 90)
    added: list = []
    goes = life.chance.random() < 0.6

    def add() -> None:
        first = life.sub.items[0].price
        extra = life.world.price(life.sub.currency, first.interval or "month", first.interval_count)
        added.append(subscriptions.add_item(life.account, life.sub, extra, life.chance.randint(1, 3)))

    def remove() -> None:
        if added and added[0] in life.sub.items:
            subscriptions.remove_item(life.account, life.sub, added[0])

    life.plan(life.alive(add))
    if goes:
        life.tag("item_removed")
        life.later(35, 80)
        life.plan(life.alive(remove))
    life.at += 32 * DAY


def coupon_later(life: Life) -> None:
    """A coupon given in mid-life, and perhaps taken away long ago."""
    life.later(20, 90)
    coupon = make_coupon(life, lasting=True)
    taken = life.chance.random() < 0.5
    given: list = []

    def give() -> None:
        first = life.sub.items[0].price
        if not life.sub.discounts and (first.interval, first.interval_count) == ("month", 1):
            given.append(discounting.give(life.account, coupon, life.sub))

    life.plan(life.alive(give))
    if taken:
        life.tag("coupon_removed")
        life.later(40, 120)
        life.plan(life.alive(lambda: given and discounting.remove(life.account, given[0])))
    life.at += 190 * DAY if taken else 32 * DAY


def comp_later(life: Life) -> None:
    """All off for some months."""
    life.tag("comped_later")
    life.later(20, 90)
    months = life.chance.randint(1, 4)
    coupon = life.account.coupon(percent=100, duration="repeating", months=months)

    def give() -> None:
        first = life.sub.items[0].price
        if (first.interval, first.interval_count) == ("month", 1) and not life.sub.discounts and not life.sub.customer.discount:
            discounting.give(life.account, coupon, life.sub)

    life.plan(life.alive(give))
    life.at += (months * 31 + 5) * DAY


def failing(life: Life) -> None:
    """A card that fails: for a while, or until the subscription ends."""
    end = life.chance.choice(["recovers", "cancel", "unpaid", "past_due"])
    life.tag(f"failing_{end}")
    life.later(20, 90)

    def decline() -> None:
        life.sub.dunning = "cancel" if end == "recovers" else end
        if life.sub.customer.card:
            life.sub.customer.card.is_declined = True

    def mend() -> None:
        due = min(item.period_end for item in life.sub.items)
        if life.sub.customer.card:
            card = life.sub.customer.card
            life.account.at(due + 5 * DAY, lambda: setattr(card, "is_declined", False))

    life.plan(life.alive(decline))
    if end == "recovers":
        life.plan(life.alive(mend), life.at + 1)
    life.is_disturbed = True


def draft_hole(life: Life) -> None:
    """Some invoices that stay drafts."""
    life.tag("draft_hole")
    life.later(20, 90)

    def begin() -> None:
        first = life.sub.items[0].price
        is_monthly = (first.interval, first.interval_count) == ("month", 1)
        life.sub.keeps_drafts = is_monthly and not life.account.pending_of(life.sub.customer)

    life.plan(life.alive(begin))
    life.at += 62 * DAY
    life.plan(life.alive(lambda: setattr(life.sub, "keeps_drafts", False)))
    life.at += 32 * DAY


def extra_bill(life: Life) -> None:
    """A one-off line on the next invoice."""
    life.tag("one_off_line")
    life.later(20, 90)

    def add() -> None:
        line = lines.one_off_line(life.account, 12_345, "New page")
        billing.add_pending(life.account, life.sub.customer, life.sub.currency, line)

    life.plan(life.alive(add))


def money_back(life: Life) -> None:
    """Refunds, disputes, credit notes: none of them is a movement."""
    life.tag("money_back")
    life.later(20, 90)

    def undo() -> None:
        bill = life.sub.customer.invoices[-1]
        charge = payments.charge_of(life.account, bill)
        if charge and charge.amount:
            life.chance.choice([payments.refund, payments.dispute])(life.account, charge)
        if bill.due > 300 and bill.status == "paid":
            payments.credit(life.account, bill, 300)

    life.plan(life.alive(undo))


def free_period(life: Life) -> None:
    """A free period on a running subscription."""
    life.tag("free_period")
    life.later(20, 90)
    life.plan(life.alive(lambda: subscriptions.give_free_period(life.account, life.sub, 40)))
    life.at += 45 * DAY


def leave(life: Life) -> None:
    """A cancellation: at once, at the period's end, at a date, with or without credit; and perhaps a return."""
    how = life.chance.choice(["now", "credit", "period_end", "date", "same_day", "delete_customer"])
    life.tag(f"leave_{how}")
    life.later(20, 120)
    again = life.world.price(life.currency)
    back = life.chance.random() < 0.5

    def go() -> None:
        if how == "delete_customer":
            subscriptions.delete_customer(life.account, life.sub.customer)
        else:
            at = life.account.now + 11 * DAY if how == "date" else None
            subscriptions.cancel(
                life.account, life.sub, at_period_end=how == "period_end", at=at, prorate=how == "credit", feedback="unused"
            )
        if how == "same_day":
            life.held = subscriptions.create(life.account, life.sub.customer, [(again, 1)])

    def come_back() -> None:
        if life.held and life.held.is_over and life.customer and life.customer.deleted_at is None:
            life.held = subscriptions.create(life.account, life.customer, [(again, life.chance.randint(1, 2))])

    life.plan(life.alive(go))
    if back and how in ("now", "credit", "period_end", "date"):
        life.tag("return")
        life.later(70, 150)
        life.plan(come_back)
    elif how != "same_day":
        life.is_disturbed = True
    life.at += 3 * DAY


def other_currency(life: Life) -> None:
    """The same client goes on in another currency."""
    life.tag("other_currency")
    life.later(20, 90)
    life.currency = {"usd": "eur", "eur": "usd", "jpy": "usd"}[life.currency]
    again = life.world.price(life.currency)

    def switch() -> None:
        subscriptions.cancel(life.account, life.sub)
        life.held = subscriptions.create(life.account, life.sub.customer, [(again, 1)])

    life.plan(life.alive(switch))
    life.at += 32 * DAY


# What happens in the last 30 days, where events tell it


def pause_recent(life: Life) -> None:
    """Paused, and perhaps resumed or lost."""
    after = life.chance.choice(["stays", "resumes", "lost"])
    life.tag(f"paused_{after}")
    life.plan(life.alive(lambda: subscriptions.pause(life.account, life.sub)))
    second = life.at + 2 * DAY
    if after == "resumes":
        life.plan(lambda: life.held and subscriptions.resume(life.account, life.sub), second)
    elif after == "lost":
        life.plan(lambda: life.held and subscriptions.cancel(life.account, life.sub), second)


def collection_recent(life: Life) -> None:
    """Collection paused, and perhaps resumed."""
    resumes = life.chance.random() < 0.5
    life.tag("collection_resumed" if resumes else "collection_paused")
    behavior = life.chance.choice(["void", "keep_as_draft", "mark_uncollectible"])
    life.plan(life.alive(lambda: subscriptions.pause_collection(life.account, life.sub, behavior)))
    if resumes:
        life.plan(lambda: life.held and subscriptions.resume_collection(life.account, life.sub), life.at + 2 * DAY)


def change_recent(life: Life) -> None:
    """Another quantity, with or without proration."""
    how = life.chance.choice(["none", "create_prorations", "always_invoice"])
    life.tag(f"recent_{how}")
    count = life.chance.randint(1, 9)
    change = lambda: subscriptions.change(life.account, life.sub, life.sub.items[0], quantity=count, proration=how)  # noqa: E731
    life.plan(life.alive(change))


def coupon_recent(life: Life) -> None:
    """A coupon given, or the one that is there taken away."""
    life.tag("coupon_recent")
    coupon = life.account.coupon(percent=15)

    def toggle() -> None:
        if life.sub.discounts:
            discounting.remove(life.account, life.sub.discounts[0])
        else:
            discounting.give(life.account, coupon, life.sub)

    life.plan(life.alive(toggle))


def leave_recent(life: Life) -> None:
    """A cancellation at once, or one that is only planned."""
    planned = life.chance.random() < 0.5
    life.tag("leaves_soon" if planned else "left_recently")
    life.plan(life.alive(lambda: subscriptions.cancel(life.account, life.sub, at_period_end=planned)))


STEPS: list[Callable[[Life], None]] = [
    quantity,
    quantity,
    price,
    price,
    interval,
    scheduled,
    more_items,
    more_items,
    coupon_later,
    comp_later,
    failing,
    draft_hole,
    extra_bill,
    money_back,
    free_period,
    leave,
    leave,
    leave,
    other_currency,
]
RECENT: list[Callable[[Life], None]] = [pause_recent, collection_recent, change_recent, coupon_recent, leave_recent]
