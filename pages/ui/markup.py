"""HTML of our own, for pictures that the browser draws by itself: text is escaped unless it is HTML already.

Such a picture stands with the page, where plotly's code has first to be fetched and read, which takes a second. Its labels are
letters of the page, in the page's font and ink; what is said at a place of it shows when the pointer rests there. What makes
one is pure: a frame and its finding, which is its accessible name, in; HTML out.
"""

from base64 import b64encode
from html import escape

SMALL = "font-size:0.8rem;line-height:1.25"  # the letters of a picture


class Html(str):
    """A piece of HTML that goes into another as it is."""

    __slots__ = ()


def tag(name: str, *inside: str, **attributes: str) -> Html:
    """An element around these pieces; text is escaped, and so are attributes (`aria_label` is `aria-label`); empty ones go."""
    told = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value)
    within = "".join(piece if isinstance(piece, Html) else escape(piece) for piece in inside)
    return Html(f"<{name}{told}>{within}</{name}>")


def image(svg: str, style: str) -> Html:
    """A drawing of lines, stretched as `style` says; whatever it is part of says what it means."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return Html(f'<img alt="" src="{source}" style="{escape(style)}">')
