"""Looking up one's own by number and telephone, and what one may do then: say how it was, complete a request."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openness.units.origin import came_from
from openness.units.refusal import Refused

from ..models import Event, State, Step, Submission
from ..services.follow import follow as find
from ..services.handle import Act, take_as_sender
from .forms import FollowForm

_SALT, _FOR = "participation.own", 3600
# What the resident reads of the history; the rest is the office's own.
_TOLD = (
    Step.RECEIVE, Step.ACCEPT, Step.REFER, Step.HIDE, Step.ASK_CORRECTION, Step.CORRECT, Step.LAPSE, Step.CONSULT, Step.CONSULTED, Step.EXTEND,
    Step.ANSWER, Step.APPROVE, Step.DELIVER,
)  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The number may stand in the address, the telephone never does."""
    if "own" in request.POST:
        return _act(request)
    form = FollowForm(request.POST or None, initial={"number": request.GET.get("number", "")[:20]})
    said = ""
    if form.is_bound and form.is_valid():
        try:
            row = find(form.cleaned_data["number"], form.cleaned_data["phone"], came_from(request))
            if row is not None:
                return _own(request, row)
            said = _("没有查到。请核对编号和电话；办完很久的，电话已经删掉，查不到了。")
        except Refused as refused:
            said = " ".join(refused.sentences)
    return render(request, "participation/follow.html", {"form": form, "said": said})


def _own(request: HttpRequest, row: Submission, said: str = "", written: str = "") -> HttpResponse:
    events = Event.objects.filter(submission=row, step__in=_TOLD).select_related("unit")
    answered = row.state == State.ANSWERED
    context = {
        "row": row, "events": events, "answered": answered, "said": said, "written": written, "own": signing.dumps(row.pk, salt=_SALT),
        "may_rate": answered and row.rating is None, "may_correct": row.state == State.CORRECTING, "request_of": getattr(row, "request", None),
    }  # fmt: skip
    return render(request, "participation/own.html", context)


def _act(request: HttpRequest) -> HttpResponse:
    """Within an hour of having looked it up."""
    try:
        pk = signing.loads(request.POST["own"], salt=_SALT, max_age=_FOR)
    except signing.BadSignature:
        return render(request, "participation/follow.html", {"form": FollowForm(), "said": _("时间太久了，请再查一次。")})
    row = Submission.objects.select_related("unit", "reply_unit", "disclosure", "request").get(pk=pk)
    rating, text = request.POST.get("rating", ""), request.POST.get("text", "")
    step = Step.RATE if "rate" in request.POST else Step.CORRECT
    try:
        act = Act(note=text, rating=int(rating) if rating in ("1", "2", "3") else None)
        row = take_as_sender(row, step, act)
    except Refused as refused:
        return _own(request, row, " ".join(refused.sentences), text)
    return _own(request, row, _("记下了，谢谢您。"))
