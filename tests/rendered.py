"""All files of a site, as a build would write them, without writing any."""

from collections.abc import Callable

from claimdeck.model.problems import Problem
from claimdeck.pipeline import Judged, make_site, plan_site
from claimdeck.write.making import Earlier
from claimdeck.write.output import Staged


def render_site(
    judged: Judged, *, base_url: str | None = None, drafts: bool = False, only: Callable[[str], bool] | None = None
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return every file of the site by its path, pictures aside, and all problems; *drafts* as in a preview."""
    planned, nothing = plan_site(judged, base_url, drafts=drafts), Earlier()
    files = dict(planned.static)

    def put(path: str, content: bytes) -> Staged:
        files[path] = content
        return Staged("", is_new=True)

    making = make_site(planned, put, nothing, only=only)
    return files, planned.problems_of(making, nothing)
