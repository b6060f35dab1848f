"""`make soak`: SOAK_USERS random users do SOAK_ACTIONS things each, every one in a process of its own, as many at the
same time as there are processors. Whoever meets a fault is told with the seed that brings it again."""

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
USERS = int(os.environ.get("SOAK_USERS", "40"))
ACTIONS = int(os.environ.get("SOAK_ACTIONS", "5000"))
LINES = 50  # of the trail of one whose process died


def main() -> int:
    """The exit code: 1 if any user met a fault."""
    failed = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        users = {pool.submit(told, seed): seed for seed in range(USERS)}
        for number, user in enumerate(as_completed(users), 1):
            report = user.result()
            print(f"{number} of {USERS}: user {users[user]} {'met a fault' if report else 'is content'}", flush=True)
            if report:
                failed.append(users[user])
                print(report, flush=True)
    print(f"{USERS} users, {ACTIONS} actions each; faults with SOAK_SEED = {', '.join(map(str, failed)) or 'none'}")
    return 1 if failed else 0


def told(seed: int) -> str:
    """What the user of that seed met; "" for nothing."""
    with tempfile.TemporaryDirectory() as folder:
        trail = Path(folder) / "trail"
        env = {"SOAK_SEED": str(seed), "SOAK_ACTIONS": str(ACTIONS), "RANDOM_USER_TRAIL": str(trail)}
        command = [sys.executable, "-m", "pytest", "tests/window/test_random_user.py", "-q", "-p", "no:cacheprovider"]
        ended = subprocess.run(
            command, check=False, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, errors="replace"
        )
        if ended.returncode == 0:
            return ""
        report = [f"SOAK_SEED={seed} SOAK_ACTIONS={ACTIONS}", ended.stdout, ended.stderr]
        if ended.returncode < 0:  # pytest could not tell
            done = trail.read_text("utf-8", "replace").splitlines() if trail.exists() else []
            report += [
                f"it died of {signal.Signals(-ended.returncode).name}; the last of what was done:",
                *done[-LINES:],
            ]
        return "\n".join(report)


if __name__ == "__main__":
    sys.exit(main())
