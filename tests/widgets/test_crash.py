"""A fault gives a log and one dialog with a report to copy; the program lives on."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.widgets.faults import crash, log
from explorer.widgets.faults.crash import Reporter
from explorer.widgets.faults.crash_dialog import CrashDialog, Fault


@pytest.fixture
def reporter(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> Iterator[Reporter]:
    result = Reporter()
    yield result
    result.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def fault(text: str) -> Exception:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def dialog(reporter: Reporter) -> CrashDialog:
    QCoreApplication.processEvents()
    assert isinstance(reporter._dialog, CrashDialog)
    return reporter._dialog


def test_the_report_does_not_outlive_the_window(reporter: Reporter, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    reporter.report(fault("beside the window"))
    assert not dialog(reporter).testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


def test_a_fault_is_logged_and_shown_with_a_report(
    qtbot: QtBot, reporter: Reporter, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter.report(fault("of the axis"))
    window = dialog(reporter)
    assert window.objectName() == "crash_report"
    assert window.isVisible()
    assert not window.isModal()
    assert window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)  # nothing else is open
    assert "ValueError: of the axis" in window.report
    assert "test_crash.py" in window.report
    assert "ValueError: of the axis" in caplog.text
    assert "ValueError: of the axis" in capsys.readouterr().err
    copy = window.findChild(QPushButton, "crash_copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == window.report


def test_the_same_fault_is_shown_once_with_a_count(
    reporter: Reporter, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(100):
        reporter.report(fault(f"frame {number}"))
    report = dialog(reporter).report
    assert report.count("Traceback") == 1
    assert "x 100" in report
    assert len(caplog.records) == 7  # at 1, 2, 4 ... 64
    assert capsys.readouterr().err.count("Traceback") == 1


def test_a_closed_dialog_opens_for_a_new_fault_only(reporter: Reporter, capsys: pytest.CaptureFixture[str]) -> None:
    reporter.report(fault("one"))
    dialog(reporter).close()
    reporter.report(fault("one"))
    assert not dialog(reporter).isVisible()
    reporter.report(TypeError("two"))
    assert dialog(reporter).isVisible()
    assert "two" in dialog(reporter).report


def test_it_may_come_from_another_thread(reporter: Reporter, capsys: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=lambda: reporter.report(fault("there")))
    thread.start()
    thread.join()
    assert "there" in dialog(reporter).report


def test_a_fault_of_the_dialog_does_not_come_back(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[Fault] = []

    def broken(self: CrashDialog, shown: Fault) -> None:
        calls.append(shown)
        reporter.report(fault("inside"))
        raise RuntimeError("the dialog")

    monkeypatch.setattr(CrashDialog, "show_fault", broken)
    reporter.report(fault("outside"))
    QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    assert len(calls) == 1
    assert "the dialog" in capsys.readouterr().err


def test_a_broken_log_does_not_hide_the_fault(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(log.LOGGER, "error", full)
    previous = crash.divert(None)
    monkeypatch.setattr(crash, "reporter", lambda: reporter)
    try:
        crash.report(fault("outside"))
    finally:
        crash.divert(previous)
    assert "no space left" in capsys.readouterr().err


def test_install_catches_what_leaves_slots_threads_and_finalisers(
    qtbot: QtBot, faults: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "open_log", lambda: None)
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    crash.install()
    sys.excepthook(ValueError, ValueError("slot"), None)

    def run() -> None:
        raise ValueError("thread")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()

    class Final:
        def __del__(self) -> None:
            raise ValueError("finaliser")

    Final()
    gc.collect()
    assert [str(f) for f in faults] == ["slot", "thread", "finaliser"]
    faults.clear()
    crash.reporter.cache_clear()


def test_the_log_is_written_where_the_system_wants_it(qtbot: QtBot) -> None:
    place = log.open_log()
    try:
        assert place == log.path()
        log.LOGGER.error("a line")
        assert place is not None
        assert "a line" in place.read_text("utf-8")
    finally:
        log.close_log()
