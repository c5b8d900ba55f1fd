"""Agreements: contracts with clients, drafted from an accepted proposal or by hand, sent, signed, revised (mission.md F4–F17).

    terms        what was agreed: parties, tier, fee, services, parameters, clauses (parameters.toml, clauses.toml)
    document     the terms in words, in the client's language (languages/<code>/agreement/)
    pdf          a document on paper; letters that no font has are named before (letters)
    record       drafts, revisions that are frozen when sent, signatures; ledger holds the rows and the chain of hashes
    difference   what changed between two revisions, word by word
    notice       the e-mail that tells the client of a revision
    register     every agreement and its PDFs in one archive

Retainers that are paid outside Stripe (data/sources/agreements.py) are revenue, not contracts: another thing of the same word.
"""
