"""The monthly review as a document: a month's figures in words, and as one HTML file, a PDF and tables.

frames = review.gather(reader, "2026-10", "usd")          # reader: metrics.read of a warehouse, or a cached one
review.paragraph(frames, "fr")                            # the month in words
report = review.compose(frames, "fr", today=…, as_of=…)   # everything that HTML and PDF show
html.page(report) · pdf.document(report) · sheets.zipped(frames, …)
"""

from proposals.review.frames import gather, reader
from proposals.review.report import Report, compose
from proposals.review.words import paragraph

__all__ = ["Report", "compose", "gather", "paragraph", "reader"]
