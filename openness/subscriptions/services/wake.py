"""Set whenever there is a mail to send for the worker of this process."""

from threading import Event

work_arrived = Event()


def wake() -> None:
    work_arrived.set()
