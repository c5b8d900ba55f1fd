"""Care reports and security notices to clients (mission.md F28–F31, R23, R24), said only from rows, in the client's language.

facts = care_report.read(reader, client_id, period, today)   # reader: metrics.read of a warehouse, or a cached one
report = care_report.compose(facts, addressee, sender)       # text to edit, HTML, .eml; pdf.document(report) for paper
record.send(warehouse, report, …)                            # frozen under its SHA-256; nothing is sent by itself
"""

from proposals.care_report.addressee import Addressee, addressee
from proposals.care_report.facts import Facts, read
from proposals.care_report.notice import notice
from proposals.care_report.report import Report, compose, rewritten

__all__ = ["Addressee", "Facts", "Report", "addressee", "compose", "notice", "read", "rewritten"]
