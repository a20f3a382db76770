"""`python -m openness.channels.drawing MEMORY SECONDS`: a job on standard input, a PDF on standard output, the ending as exit code.

The limits hold before the first byte is read; they cannot be raised again from inside.
"""

import ctypes
import resource
import sys
from typing import Any

from .job import BASE, TYPE, Ending, Job

_LONGEST_COMPLAINT = 64 * 1024


def main(memory: int, seconds: int) -> Ending:
    hold(memory, seconds)
    job = Job.from_bytes(sys.stdin.buffer.read())
    try:
        if not has_chinese_font():
            return Ending.NO_FONT
        sys.stdout.buffer.write(draw(job))
    except MemoryError:
        return Ending.TOO_LARGE
    return Ending.DRAWN


def hold(memory: int, seconds: int) -> None:
    """No file can be written but a short complaint."""
    wanted = {
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        resource.RLIMIT_FSIZE: (_LONGEST_COMPLAINT, _LONGEST_COMPLAINT),
        resource.RLIMIT_CORE: (0, 0),
    }
    for name, values in wanted.items():
        resource.setrlimit(name, values)


def has_chinese_font() -> bool:
    """Asked of fontconfig: without such a font every character would be an empty box."""
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    for name in ("FcNameParse", "FcObjectSetCreate", "FcFontList"):
        getattr(fontconfig, name).restype = ctypes.c_void_p
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    fontconfig.FcInit()
    found = fontconfig.FcFontList(None, fontconfig.FcNameParse(b":lang=zh-cn"), fontconfig.FcObjectSetCreate())
    return bool(found and ctypes.cast(found, ctypes.POINTER(ctypes.c_int))[0])


def draw(job: Job) -> bytes:
    """The sheet on one page in the largest type that fits, else on numbered pages."""
    from weasyprint import CSS, HTML

    from .fetching import Fetcher

    fetcher = Fetcher(job.files)
    pages: Any = None
    for size in job.types:
        sheet = HTML(string=job.html.replace(TYPE, TYPE.replace("{type}", size), 1), base_url=BASE, url_fetcher=fetcher)
        pages = sheet.render()
        if len(pages.pages) == 1:
            break
    if len(pages.pages) > 1:
        pages = sheet.render(stylesheets=[CSS(string=job.numbered)])
    made: bytes = pages.write_pdf()
    return made


if __name__ == "__main__":
    try:
        ending = main(int(sys.argv[1]), int(sys.argv[2]))
    except OSError as fault:
        if "library" not in str(fault) and "shared object" not in str(fault):
            raise
        ending = Ending.NO_LIBRARIES
    sys.exit(ending)
