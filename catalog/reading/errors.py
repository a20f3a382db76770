"""The one way in which a file is turned away."""


class Refused(Exception):
    """The file cannot be read. The message is one plain Chinese sentence that also says what to do."""
