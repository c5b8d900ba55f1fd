"""The offer on a page: the tiers side by side, each containing the one before, the recommended one with its reasons."""

import streamlit as st

from data.errors import InputError
from data.money import minor_digits, to_major, to_minor
from data.pricing.price_book import PriceBook
from pages.ui import formats, places_left, warehouse
from proposals.brief import Brief
from proposals.offer import Capacity, Offer, offer
from proposals.tiers import OfferedService, OfferedTier


def made(brief: Brief, book: PriceBook) -> Offer:
    """The offer at the prices set on this page; where those don't rise from tier to tier, at the book's, with a warning."""
    is_new = st.session_state.get("is_new_client", True)
    places = st.session_state.get("places_left")
    told = Capacity(int(places)) if places is not None else None
    own = {tier.id: price for tier in book.tiers if (price := _own_price(book, tier.id)) is not None}
    try:
        made = offer(brief, book, prices_minor=own, capacity=told, is_new_client=is_new)
    except InputError as error:
        st.warning(f"{formats.plain(str(error))} The price book’s prices are shown in the e-mail.", icon=":material/payments:")
        own, made = {}, offer(brief, book, capacity=told, is_new_client=is_new)
    known = None if told else places_left.counted(made, warehouse.settings())
    return offer(brief, book, prices_minor=own, capacity=known[0], is_new_client=is_new) if known else made


def _own_price(book: PriceBook, tier: str) -> int | None:
    given = st.session_state.get(_key(book, tier))
    return None if given is None else to_minor(given, book.currency)


def _key(book: PriceBook, tier: str) -> str:
    return f"price_{book.id}_{tier}"


def show(made: Offer) -> None:
    """The tiers with their prices to edit, why one is recommended, and what to know before sending."""
    for reason in made.reasons[:1]:
        st.markdown(f"**{formats.plain(reason)}**")
    with st.grid(len(made.tiers), min_column_width=240):
        for place, tier in enumerate(made.tiers):
            _card(made, tier, made.tiers[place - 1].name("en") if place else "")
    if made.reasons[1:]:
        st.markdown("\n".join(f"- {formats.plain(reason)}" for reason in made.reasons[1:]))
    for advice in made.advice:
        st.warning(formats.plain(advice.text), icon=":material/lightbulb:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.checkbox(
            "A new client",
            value=True,
            key="is_new_client",
            persist_state="session",
            help="New clients also read what you deliver each month, and what other clients say of you.",
        )
        st.number_input(
            "Places left for retainer clients",
            min_value=0,
            value=None,
            step=1,
            key="places_left",
            placeholder="Not said",
            width=220,
            persist_state="session",
            help="Only what is true: few places left are said in the e-mail. Left empty, they are counted from your hours.",
        )
    if st.session_state.get("places_left") is None and (known := places_left.counted(made, warehouse.settings())):
        st.caption(formats.plain(known[1]))


def _card(made: Offer, tier: OfferedTier, below: str) -> None:
    book = made.book
    floor = formats.plain(formats.money(book.floor_minor, book.currency, short=True))
    with st.container(border=True, height="stretch", gap="small"):
        badge = ":green-badge[Recommended]" if tier.is_recommended else ""
        st.markdown(f"#### {formats.plain(tier.name('en'))} {badge}")
        st.number_input(
            f"{book.currency.upper()} a month",
            min_value=float(to_major(min(book.floor_minor, book.tier(tier.id).price_minor), book.currency)),
            value=float(to_major(book.tier(tier.id).price_minor, book.currency)),
            step=50.0,
            format="%.2f" if minor_digits(book.currency) else "%.0f",
            key=_key(book, tier.id),
            persist_state="session",
            help=f"Not below the floor of the price book, {floor}.",
        )
        lines = [f"Everything in {formats.plain(below)}, and:"] if below else []
        lines += [f"- {_service(book, service)}" for service in tier.new]
        lines += [f"- {tier.hours:g} hour{'' if tier.hours == 1 else 's'} of your time"] if tier.hours else []
        st.markdown("\n".join([*lines[:1], "", *lines[1:]] if below else lines))
        if not tier.is_affordable:
            st.caption("Above the budget in the notes")


def _service(book: PriceBook, service: OfferedService) -> str:
    name = formats.plain(book.services[service.id].name("en"))
    if not service.is_asked:
        return name
    per = f" a {service.per}" if service.per else ""
    volume = f" {formats.plain(f'({service.quantity:g}{per})')}" if service.quantity else ""
    return f"**{name}**{volume} :green-badge[asked for]"
