"""Every bench in turn, each printing ratios measured side by side in one run: `make bench`."""

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Run the benches named on the command line, or all."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    for name in [f"bench_{word}" for word in sys.argv[1:]] or found:
        print(f"\n{name.removeprefix('bench_').replace('_', ' ').upper()}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()


if __name__ == "__main__":
    main()
