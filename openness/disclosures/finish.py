"""What happens when a review is finished. Wagtail reads this by its name in the settings before any model exists: nothing is imported up here."""

from typing import Any


def publish_or_hold(workflow_state: Any, user: Any = None) -> None:
    """Publish the reviewed text, unless somebody holds it until others are reviewed too."""
    from .services.together import held

    text = workflow_state.content_object
    revision = text.get_latest_revision()
    if not held(text, revision, user):
        revision.publish(user=user)
