"""Every bench in turn, each printing ratios measured side by side in one run: `make bench`.

`python -m tests.bench revenue 1000000 care` runs those named; what follows a name is for that bench.
"""

import importlib
import sys
from collections.abc import Sequence
from inspect import signature
from pathlib import Path

BENCHES = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))


def main() -> None:
    """Run the benches named on the command line, each with its own arguments, or all."""
    for name, arguments in asked(sys.argv[1:]):
        bench = importlib.import_module(f"tests.bench.bench_{name}").main
        if arguments and not signature(bench).parameters:
            sys.exit(f"The bench “{name}” takes no argument, and “{arguments[0]}” is no bench. There are {', '.join(BENCHES)}.")
        print(f"\n{name.replace('_', ' ').upper()}", flush=True)
        bench(*arguments)


def asked(words: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The benches to run, each with the words behind its name; all of them where there are no words."""
    found: list[tuple[str, list[str]]] = [] if words else [(name, []) for name in BENCHES]
    for word in words:
        if word in BENCHES:
            found.append((word, []))
        elif found:
            found[-1][1].append(word)
        else:
            sys.exit(f"There is no bench “{word}”. There are {', '.join(BENCHES)}.")
    return found


if __name__ == "__main__":
    main()
