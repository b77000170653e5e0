"""Run every benchmark for a moment (``--quick``): none may rot between the days when somebody measures.

The numbers of such a run say little; docs/ hold those that were measured with care. A benchmark that
needs data or peers which are not in the repository takes no ``--quick`` and is named as not run.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).parents[1]
# Twice what the longest takes on two busy cores.
SECONDS = 120


def main() -> int:
    """Print each benchmark's time; 0 if all that take ``--quick`` ran."""
    failed = 0
    for script in sorted((HOME / "bench").glob("*.py")):
        name = script.relative_to(HOME)
        if "--quick" not in script.read_text("utf-8"):
            print(f"{name}: not run, takes no --quick", flush=True)
            continue
        start = time.monotonic()
        try:
            done = subprocess.run(
                [sys.executable, str(script), "--quick"],
                cwd=HOME,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
            trouble = (
                (done.stdout + done.stderr)[-3000:] if done.returncode or not done.stdout.strip() else ""
            )
        except subprocess.TimeoutExpired:
            trouble = f"not done after {SECONDS} seconds"
        took = time.monotonic() - start
        print(f"{name}: {'FAILED' if trouble else 'ran'} in {took:.0f} s\n{trouble}".rstrip(), flush=True)
        failed += bool(trouble)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
