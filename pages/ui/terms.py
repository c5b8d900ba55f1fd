"""What the glossary says: the words of the rule book (definitions.md) in a sentence each, and how a figure is reckoned."""

from data.metrics import MetricAbout
from pages.ui import formats

TERMS = {
    "Client": "Whom you work for. Each Stripe customer is one, until several customers or agreements are linked together.",
    "Retainer": "Work for a client under a standing agreement, paid each month, quarter or year.",
    "MRR": "Monthly recurring revenue: what clients in force pay a month, after lasting discounts and without tax. "
    "A yearly price counts a twelfth, a weekly one 52 twelfths.",
    "ARR": "MRR times twelve.",
    "Movement": "A dated change of a client’s MRR: new, reactivation, expansion, contraction or churn. Changes of one day are "
    "netted, so a cancelled and renewed subscription is one change.",
    "New": "A client’s first MRR ever.",
    "Reactivation": "MRR of a client who had left and came back.",
    "Expansion": "MRR that rises while the client stays: an upgrade, another site, a discount that ended.",
    "Contraction": "MRR that falls while the client stays: a downgrade, a new discount, a pause.",
    "Churn": "A client with nothing left in force. The amount is the MRR that went with them.",
    "Opening and closing": "MRR at the first and the last instant of a month. Opening and all movements add up to closing, "
    "exactly. This month’s closing is that of now.",
    "Customers": "Clients who pay something now. Comped and paused clients are counted beside them.",
    "Comped": "A client whose price is fully discounted, or free, after having paid before. It is no churn.",
    "Paused": "A client whose subscription stands still and will go on. It is no churn.",
    "Past due": "A subscription whose last charge failed. It still counts, as at risk.",
    "Scheduled to leave": "A client who has cancelled for a later day. It counts until that day, but not in committed MRR.",
    "Committed MRR": "MRR without those scheduled to leave, and with the changes already scheduled.",
    "Trial": "Free days at the start. They are no MRR; the first paid day after them is new.",
    "Lasting discount": "A coupon for ever or for several months lowers MRR while it stands. One for one invoice does not, "
    "unless the settings say so.",
    "Agreement": "A retainer outside Stripe: paid by transfer, cheque or in advance. Its MRR is the amount divided by the "
    "months that it covers.",
    "Grace": "The days that an agreement without an end goes on after the term that is paid.",
    "Churn rate": "Clients lost in a month, of those at its start. The MRR rates compare lost MRR with the MRR at the start; "
    "the net one takes upgrades and returns off.",
    "GRR and NRR": "Of the MRR of the clients of a year ago, the share left now: without upgrades (GRR), or with (NRR).",
    "ARPA": "What an average paying client pays a month: MRR divided by customers.",
    "LTV": "What a client is worth until they leave: ARPA divided by the mean churn rate of the last six full months.",
    "Quick ratio": "MRR gained divided by MRR lost in a month. Above 1 you grow.",
    "Cohort": "The clients who began in the same month, followed month by month.",
    "Concentration": "How much of MRR hangs on the largest client, or the three largest.",
    "Tier": "A level of the price book. Each contains everything of the one below. A price that the book does not know keeps "
    "the name of its Stripe product.",
    "Observed and reconstructed": "Months since the first sync are observed: each change was logged. Earlier ones are "
    "reconstructed from invoices and events; pauses before the first sync can’t be seen.",
    "Closed month": "A month whose figures and note you froze on a day. It can be closed again; every closing is kept.",
    "Restatement": "What later data changed in a closed month, shown as a difference between then and now.",
    "Linked": "Several Stripe customers, agreements or sites that you said are one client. A link can be undone.",
    "Retainer candidate": "Somebody who pays one-off invoices again and again, and has no retainer.",
    "Late, OK, no data": "A site is late only where its records break a stated rule of care, and OK only while they are fresh. "
    "Where nothing is recorded it is no data, which is neither good nor bad.",
    "Minor unit": "Cents of a euro or dollar. Amounts are whole minor units, so each sum is exact. Currencies are never added.",
}


def reckoned(about: MetricAbout) -> str:
    """How a figure is reckoned, in Markdown: its formula, unit (where it has one), what a row of it is, and its command."""
    lines = [f"Reckoned as: {formats.plain(about.formula)}"]
    if not about.unit.startswith("none"):
        lines.append(f"In: {formats.plain(about.unit)}")
    lines.append(f"One row is {formats.plain(about.grain.removeprefix('one row '))}")
    return "  \n".join([*lines, f"At the command line: `python -m data metrics {about.name}`"])
