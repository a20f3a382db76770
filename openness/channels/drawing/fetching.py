"""What a sheet may load: the files that came with it, and nothing else."""

from weasyprint.urls import URLFetcher, URLFetcherResponse


class Fetcher(URLFetcher):
    """No network, no file of the server: an address is looked up among the given files or refused."""

    def __init__(self, files: dict[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Raises ValueError for whatever did not come with the sheet; the sheet is then drawn without it."""
        if url not in self.files:
            raise ValueError("not a file of this sheet")
        data, kind = self.files[url]
        return URLFetcherResponse(url, body=data, headers={"Content-Type": kind})
