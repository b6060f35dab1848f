"""What happens to a fault that nobody foresaw: the log, and a dialog with a report to copy; the program lives on."""

import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from explorer.widgets.faults import log
from explorer.widgets.faults.crash_dialog import CrashDialog, Fault

Handler = Callable[[BaseException], None]


class Reporter(QObject):
    """Counts faults, logs each kind once in full and shows it in a dialog, on the GUI thread, whoever reports it."""

    reported = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._faults: dict[str, Fault] = {}
        self._lock = threading.RLock()
        self._busy = threading.local()
        self._dialog: CrashDialog | None = None
        app = QCoreApplication.instance()
        if app is not None:
            self.moveToThread(app.thread())
        self.reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def report(self, error: BaseException) -> Fault | None:
        """Log `error` and let it be shown; None when it was raised by the reporting itself."""
        with self._lock:
            if getattr(self._busy, "here", False):
                return None
            self._busy.here = True
            try:
                fault = self._count(error)
                if (
                    fault.count & (fault.count - 1) == 0
                ):  # at 1, 2, 4, 8 ...: a fault in every frame must not fill the disk
                    log.LOGGER.error(
                        "%s (%d times)\n%s", fault.title, fault.count, fault.text if fault.count == 1 else ""
                    )
                    if fault.count == 1 and sys.stderr is not None:
                        print(fault.text, file=sys.stderr)
                self.reported.emit(fault)
                return fault
            finally:
                self._busy.here = False

    def _count(self, error: BaseException) -> Fault:
        text = "".join(traceback.format_exception(error))
        places = traceback.extract_tb(error.__traceback__)
        key = f"{type(error).__name__} {[(p.filename, p.lineno) for p in places[-3:]]}"
        title = traceback.format_exception_only(error)[-1].strip()
        known = self._faults.get(key)
        fault = replace(known, count=known.count + 1) if known else Fault(title, text)
        self._faults[key] = fault
        return fault

    def _show(self, fault: Fault) -> None:
        if not isinstance(QApplication.instance(), QApplication):
            return
        self._busy.here = True  # a fault of the dialog itself would come back here for ever
        try:
            if self._dialog is None:
                self._dialog = CrashDialog()
            self._dialog.show_fault(fault)
        except Exception:  # noqa: BLE001 - never a fault about a fault
            traceback.print_exc()
        finally:
            self._busy.here = False

    def close(self) -> None:
        """Take the dialog away, as the application ends."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()


_handler: Handler | None = None


def report(error: BaseException) -> None:
    """Report a fault, from any thread; never raises, never shows the same fault twice."""
    try:
        if _handler is not None:
            _handler(error)
        elif isinstance(error, (KeyboardInterrupt, SystemExit)):
            QCoreApplication.quit()
        else:
            reporter().report(error)
    except Exception:  # noqa: BLE001 - never a fault about a fault
        traceback.print_exc()


@cache
def reporter() -> Reporter:
    """The one reporter of this process."""
    result = Reporter()
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(result.close)
    return result


def divert(handler: Handler | None) -> Handler | None:
    """Give faults to `handler` instead (None: to the log and the dialog again); the previous one is returned.

    Tests need it: a guarded fault must fail the test that did not expect it.
    """
    global _handler
    previous, _handler = _handler, handler
    return previous


def install() -> None:
    """Catch what leaves a slot, a thread or a finaliser; call it once, after the application object is made."""
    log.open_log()
    reporter()
    sys.excepthook = _excepthook
    threading.excepthook = lambda args: report(args.exc_value) if args.exc_value is not None else None
    sys.unraisablehook = lambda args: report(args.exc_value) if args.exc_value is not None else None


def _excepthook(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    report(error)
