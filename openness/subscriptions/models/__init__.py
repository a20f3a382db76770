from .arrival import Arrival, Clock
from .followed import Followed
from .mail import Mail, MailKind, Told
from .subscriber import HowOften, Subscriber, Subscription

__all__ = ["Arrival", "Clock", "Followed", "HowOften", "Mail", "MailKind", "Subscriber", "Subscription", "Told"]
