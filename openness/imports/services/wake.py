"""Set whenever there is something to do for the worker of this process."""

from threading import Event

work_arrived = Event()


def wake() -> None:
    work_arrived.set()
