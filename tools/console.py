"""What the tools tell: steps with their time, and one clear sentence when something is wrong."""

import sys
import threading
import time


class Stop(Exception):
    """An expected fault: a sentence (what, where, what to do) and the exit code."""

    def __init__(self, sentence, code=1):
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def tell(text):
    """One line."""
    print(text, flush=True)


def no_space(error_text):
    """Whether an error speaks of a full disk."""
    return "No space left on device" in error_text or "os error 28" in error_text


DISK_FULL = (
    "The disk is full, so {what} could not be finished. Nothing half-done is kept. Free about 4 GB "
    "and start again."
)


class Step:
    """A long step: says what is being done, how far (on a terminal), and how long it took."""

    def __init__(self, what):
        self.what = what
        self.detail = ""
        self._done = threading.Event()
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._show, daemon=True)

    def seconds(self):
        """Seconds since it began."""
        return time.monotonic() - self._started

    def __enter__(self):
        if sys.stdout.isatty():
            self._thread.start()
        else:
            tell("%s …" % self.what)
        return self

    def _show(self):
        while not self._done.wait(0.5):
            line = "%s … %d s  %s" % (self.what, self.seconds(), self.detail)
            sys.stdout.write("\r\033[K" + line[:110])
            sys.stdout.flush()

    def __exit__(self, kind, error, trace):
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()
        if sys.stdout.isatty():
            sys.stdout.write("\r\033[K")
        result = "done" if kind is None else "not finished"
        tell("%s: %s, %.0f s" % (self.what, result, self.seconds()))


def main(run):
    """Run a tool's ``run()`` and turn expected faults into a sentence and an exit code."""
    try:
        code = run()
    except Stop as stop:
        print(stop.sentence, file=sys.stderr)
        code = stop.code
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        code = 130
    except OSError as error:
        if error.errno == 28:
            print(DISK_FULL.format(what="this"), file=sys.stderr)
        else:
            where = " (%s)" % error.filename if error.filename else ""
            print(
                "%s%s. Mend that and start again." % (error.strerror or error, where),
                file=sys.stderr,
            )
        code = 1
    sys.exit(code or 0)
