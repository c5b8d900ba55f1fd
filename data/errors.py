"""What can go wrong in words for the user: one sentence, and one hint what to do.

AppError                  anything the user can be told in a sentence
├── SettingsError         a setting is missing or makes no sense
├── InputError            a file, a flag or a form holds something that can't be used
├── WarehouseError        the warehouse can't be opened or written
│   └── WarehouseBusy     another process has it open
└── SourceError           a source refused, or can't be reached
    ├── KeyRefused        the key is wrong, expired or revoked
    ├── PermissionMissing the key lacks read access to something named
    └── SourceUnreachable no answer, or none that makes sense
"""


class AppError(Exception):
    """Something went wrong that the user can mend; `hint` says how."""

    def __init__(self, title: str = "", hint: str = "") -> None:
        self.title = title or (type(self).__doc__ or "").split(";")[0].strip()
        self.hint = hint
        super().__init__(self.title)

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".strip()


class SettingsError(AppError):
    """A setting is missing or makes no sense."""


class InputError(AppError):
    """This input can't be used."""


class WarehouseError(AppError):
    """The warehouse can't be opened or written."""


class WarehouseBusy(WarehouseError):
    """Another process has this warehouse open."""


class SourceError(AppError):
    """The source could not be read."""


class KeyRefused(SourceError):
    """The key was refused."""


class PermissionMissing(SourceError):
    """The key lacks a permission."""


class SourceUnreachable(SourceError):
    """The source gave no usable answer."""
