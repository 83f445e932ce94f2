"""What each field of site.yaml says, in one sentence for editors, with an example as they type it."""

from __future__ import annotations

from claimdeck.model import settings

SETTINGS: dict[type, dict[str, tuple[str, str]]] = {
    settings.Settings: {
        "title": ("The name of the site.", "The Bridge File"),
        "url": ("The address at which the site is published, base path included.", "https://example.org/bridge-file/"),
        "tagline": ("What the site is about, in one sentence.", "Who says what the bridge cost?"),
        "language": ("The language of the site; left out, `en`.", "en"),
        "publisher": (
            "Who runs the site: `name`, and where there are `url`, `email`, `logo`.",
            "{name: The Desk, url: https://example.org/}",
        ),
        "repository": (
            "The address of the repository: pages then link to the card’s source and to “report an error”.",
            "https://example.net/desk/bridge-file",
        ),
        "license": (
            "The terms under which the content may be used.",
            "{name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}",
        ),
        "start_here": ("The ids of the claims that a newcomer reads first.", "[bridge-cost]"),
        "pictures": ("Whether each claim gets a share picture; left out, `true`.", "false"),
        "measures": ("What figures count: a label for each word.", "{spent: {label: crowns spent}}"),
        "populations": ("Of whom: a label for each word.", "{townspeople: {label: townspeople}}"),
        "ladder": (
            "The statuses in order; left out, the default ladder holds.",
            "[{id: open, label: Open, symbol: ○, mark: empty, color: unverified, meaning: Nobody shows it.}]",
        ),
        "desk": ("How the desk works.", "{review_after_days: 365}"),
    },
    settings.Publisher: {
        "name": ("Its name.", "The Desk"),
        "url": ("Its address.", "https://example.org/"),
        "email": ("Where it can be written to.", "desk@example.org"),
        "logo": ("The address or path of its logo.", "/static/favicon.svg"),
    },
    settings.License: {
        "name": ("The name of the license.", "CC BY 4.0"),
        "url": ("The address of its text.", "https://creativecommons.org/licenses/by/4.0/"),
    },
    settings.Measure: {"label": ("The words that readers see.", "crowns spent")},
    settings.Population: {
        "label": ("The words that readers see.", "townspeople"),
        "part_of": ("The population that it is a part of.", "citizens"),
    },
    settings.Rung: {
        "id": ("The word that cards write.", "attributed"),
        "label": ("The word that readers see.", "Attributed"),
        "symbol": ("The mark, in texts.", "◔"),
        "mark": (
            "The mark that is drawn: `full`, `half`, `quarter`, `empty`, `split`, `cross` or `ring`.",
            "quarter",
        ),
        "color": ("A color token of `static/site.css`.", "attributed"),
        "meaning": ("What the status says, in one sentence.", "One named origin says so, on the record."),
        "needs": (
            "The counts that a card must reach: one group, or a list of groups of which one must be met.",
            "{origins: 1, max_against: 0}",
        ),
        "rating": (
            "Its place between `worst` and `best`, only on a true–false axis.",
            "{value: 4, best: 5, worst: 1}",
        ),
    },
    settings.Rating: {
        "value": ("The place of this status.", "4"),
        "best": ("The highest number.", "5"),
        "worst": ("The lowest number.", "1"),
    },
    settings.Desk: {"review_after_days": ("After how many days a review is due again.", "365")},
}
