"""A smoke of the soak test; the full one is run by hand (docs/middleware.md has its last result)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.hazard(3, 49, 50, 51, 53)
def test_thousands_of_requests_with_faults_over_real_sockets() -> None:
    command = [sys.executable, str(Path(__file__).parent / "soak.py"), "--requests", "6000"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["requests"] >= 6000
    assert result["tasks more"] <= 0
    assert result["memory more, kB"] < 8_000
