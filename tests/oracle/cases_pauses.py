"""Cases of pauses, trials and free periods."""

from data.sources.demo import subscriptions
from data.sources.demo.periods import DAY
from tests.oracle.casebook import JOINED, RECENT, Case, case


@case
def paused_recently(it: Case) -> None:
    held = it.start()
    it.account.at(RECENT, lambda: subscriptions.pause(it.account, held[0]))


@case
def paused_long_ago(it: Case) -> None:
    held = it.start()
    it.on(2026, 2, 17, lambda: subscriptions.pause(it.account, held[0]))


@case
def paused_and_resumed_recently(it: Case) -> None:
    held = it.start()
    it.on(2026, 10, 27, lambda: subscriptions.pause(it.account, held[0]))
    it.on(2026, 11, 12, lambda: subscriptions.resume(it.account, held[0]))


@case
def paused_and_lost_recently(it: Case) -> None:
    held = it.start()
    it.on(2026, 10, 27, lambda: subscriptions.pause(it.account, held[0]))
    it.on(2026, 11, 12, lambda: subscriptions.cancel(it.account, held[0]))


@case
def collection_paused_recently(it: Case) -> None:
    held = it.start()
    it.account.at(RECENT, lambda: subscriptions.pause_collection(it.account, held[0], "void"))


@case
def collection_paused_and_resumed_recently(it: Case) -> None:
    held = it.start()
    it.on(2026, 10, 27, lambda: subscriptions.pause_collection(it.account, held[0], "keep_as_draft"))
    it.on(2026, 11, 12, lambda: subscriptions.resume_collection(it.account, held[0]))


@case
def collection_paused_long_ago(it: Case) -> None:
    held = it.start()
    it.on(2026, 6, 2, lambda: subscriptions.pause_collection(it.account, held[0], "mark_uncollectible"))


@case
def trial_converts(it: Case) -> None:
    it.start(trial_end=JOINED + 30 * DAY)


@case
def trial_runs(it: Case) -> None:
    it.start(at=RECENT, trial_end=RECENT + 30 * DAY)


@case
def trial_ends_without_going_on(it: Case) -> None:
    it.start(card=False, trial_end=JOINED + 14 * DAY, trial_end_behavior="cancel")


@case
def trial_canceled_in_it(it: Case) -> None:
    held = it.start(trial_end=JOINED + 14 * DAY)
    it.account.at(JOINED + 5 * DAY, lambda: subscriptions.cancel(it.account, held[0]))


@case
def trial_ends_paused(it: Case) -> None:
    it.start(card=False, trial_end=JOINED + 14 * DAY, trial_end_behavior="pause")


@case
def trial_ends_paused_and_resumes(it: Case) -> None:
    held = it.start(card=False, trial_end=JOINED + 14 * DAY, trial_end_behavior="pause")
    it.on(2025, 5, 20, lambda: it.account.add_card(held[0].customer))
    it.on(2025, 5, 20, lambda: subscriptions.resume(it.account, held[0]), 10)


@case
def trial_of_a_second_subscription(it: Case) -> None:
    held, extra = it.start(), it.account.price(it.account.product("Extra"), 4_000)

    def add() -> None:
        end = it.account.now + 14 * DAY
        subscriptions.create(it.account, held[0].customer, [(extra, 1)], trial_end=end)

    it.on(2025, 7, 25, add)


@case
def free_period_given_later(it: Case) -> None:
    held = it.start()
    it.on(2025, 7, 25, lambda: subscriptions.give_free_period(it.account, held[0], 45))


@case
def free_period_running(it: Case) -> None:
    held = it.start()
    it.account.at(RECENT, lambda: subscriptions.give_free_period(it.account, held[0], 45))


@case
def trial_canceled_for_its_end(it: Case) -> None:
    held = it.start(trial_end=JOINED + 14 * DAY)
    it.account.at(JOINED + 5 * DAY, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True))


@case
def trial_prolonged(it: Case) -> None:
    held = it.start(trial_end=JOINED + 14 * DAY)
    it.account.at(JOINED + 10 * DAY, lambda: subscriptions.give_free_period(it.account, held[0], 30))


@case
def free_period_and_canceled_in_it(it: Case) -> None:
    held = it.start()
    it.on(2025, 7, 25, lambda: subscriptions.give_free_period(it.account, held[0], 45))
    it.on(2025, 8, 14, lambda: subscriptions.cancel(it.account, held[0]))


@case
def comes_back_on_trial(it: Case) -> None:
    held = it.start()
    it.on(2025, 6, 15, lambda: subscriptions.cancel(it.account, held[0]))

    def back() -> None:
        subscriptions.create(it.account, held[0].customer, [(it.price, 1)], trial_end=it.account.now + 14 * DAY)

    it.on(2025, 9, 20, back)


@case
def trial_of_a_yearly_price(it: Case) -> None:
    it.start(it.yearly(), trial_end=JOINED + 30 * DAY)


@case
def one_of_two_subscriptions_paused(it: Case) -> None:
    held = it.start()
    it.on(2025, 4, 2, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 2)]))
    it.account.at(RECENT, lambda: subscriptions.pause(it.account, held[0]))


@case
def paused_with_a_coupon(it: Case) -> None:
    held = it.start(coupons=[it.account.coupon(percent=25)])
    it.account.at(RECENT, lambda: subscriptions.pause(it.account, held[0]))


@case
def paused_yearly_long_ago(it: Case) -> None:
    held = it.start(it.yearly())
    it.on(2025, 12, 17, lambda: subscriptions.pause(it.account, held[0]))


@case
def paused_and_resumed_on_one_day(it: Case) -> None:
    held = it.start()
    it.on(2026, 11, 3, lambda: subscriptions.pause(it.account, held[0]), 8)
    it.on(2026, 11, 3, lambda: subscriptions.resume(it.account, held[0]), 16)


@case
def collection_paused_over_a_renewal_and_resumed(it: Case) -> None:
    held = it.start()
    it.on(2026, 11, 8, lambda: subscriptions.pause_collection(it.account, held[0], "void"))
    it.on(2026, 11, 17, lambda: subscriptions.resume_collection(it.account, held[0]))
