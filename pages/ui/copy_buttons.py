"""Buttons that put an e-mail on the clipboard: its subject, its text, or text and HTML at once for a mail program to choose.

A component of its own, since no element of Streamlit's writes text/html. Its code is fixed; what it copies reaches it as data
and is never put into the page. It asks nobody and works without a network; on an address that is not this machine's own and has
no https, where browsers hide the clipboard, it falls back to the older copy command.
"""

import re

import streamlit as st

from proposals.email import Email

HTML = """
<div class="row">
  <button type="button" data-what="rich">Copy as rich text</button>
  <button type="button" data-what="plain">Copy as plain text</button>
  <button type="button" data-what="subject">Copy subject</button>
  <span role="status" aria-live="polite"></span>
</div>
"""
CSS = """
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center;
  font: 0.875rem var(--st-font); }
button { font: inherit; min-height: 2.5rem; padding: 0.25rem 0.75rem; cursor: pointer; color: var(--st-text-color);
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius, 0.5rem); }
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
span { color: var(--st-text-color); }
"""
JS = """
const older = (parts) => {
  const put = (event) => {
    event.preventDefault();
    Object.entries(parts).forEach(([kind, text]) => event.clipboardData.setData(kind, text));
  };
  document.addEventListener("copy", put, { once: true, capture: true });
  const isDone = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  if (!isDone) throw new Error("copy");
};
const copy = async (parts) => {
  if (!navigator.clipboard || !window.ClipboardItem) return older(parts);
  const blobs = Object.entries(parts).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch {
    older(parts);
  }
};
export default function ({ parentElement, data }) {
  const parts = {
    rich: { "text/html": data.html, "text/plain": data.text },
    plain: { "text/plain": data.text },
    subject: { "text/plain": data.subject },
  };
  const said = parentElement.querySelector("[role=status]");
  parentElement.querySelectorAll("button").forEach((button) => {
    button.onclick = async () => {
      said.textContent = "";
      try {
        await copy(parts[button.dataset.what]);
        said.textContent = "Copied.";
      } catch {
        said.textContent = "The browser refused; download the draft instead.";
      }
    };
  });
}
"""
_BUTTONS = st.components.v2.component("retainer_copy", html=HTML, css=CSS, js=JS)


def show(mail: Email, key: str) -> None:
    """The buttons for this e-mail."""
    _BUTTONS(data={"subject": mail.subject, "text": mail.text, "html": body(mail.html)}, key=key, height="content")


def body(page: str) -> str:
    """What stands in the body of an e-mail's HTML, with its inlined styles."""
    found = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL)
    return found[1].strip() if found else page
