"""Pictures and doubled currency signs that head a line of notes in place of a word."""

SIGNS = {
    **dict.fromkeys("👤🙋", "contact"), **dict.fromkeys("🏢🏠🏬🏪", "company"), **dict.fromkeys("📧✉📩", "email"),
    **dict.fromkeys("💶💰💵💷", "budget"), "💳": "payment", "🎯": "goals", **dict.fromkeys("❌🚫⛔", "excluded"),
    **dict.fromkeys("😖😤😡😩😣😭🤕💔", "challenges"), **dict.fromkeys("🤔😬😟", "objections"),
    **dict.fromkeys("🙅🛑🚷", "excluded"), **dict.fromkeys("🛠🔧🧰", "services"), **dict.fromkeys("💸🪙", "budget"),
    **dict.fromkeys("🏦🧾", "payment"), "⚖": "decision", "🚀": "start",
}  # fmt: skip


def sign_of(opening: str) -> str | None:
    """The field that a picture or a doubled currency sign ("$$:") at the start of a line stands for."""
    return "budget" if opening[:2] in ("$$", "€€", "££") else SIGNS.get(opening[:1])
