"""Which kind of committee an item binds, read from who must publish it (公开主体)."""

import re

_VILLAGE = re.compile(r"村民|村委|行政村|村级|村集体|农村集体|村务|(?<!社区)村(?!\(居\)|（居）)")
_COMMUNITY = re.compile(r"居民委员会|居委会|社区|居务|\(居\)|（居）|村居|村\(社区\)")


def binds(publisher: str) -> tuple[bool, bool]:
    """(villages, communities). Words that name neither, or both, bind both: only a clear exclusion excludes."""
    village, community = (
        bool(_VILLAGE.search(publisher)) or "村(居)" in publisher or "村（居）" in publisher,
        bool(_COMMUNITY.search(publisher)),
    )
    return (True, True) if village == community else (village, community)
