"""The codes of all problems: how much each weighs, what is wrong, what to do and why.  Finds no problem itself."""

from __future__ import annotations

from dataclasses import dataclass

from claimdeck.model.problems import Severity


@dataclass(frozen=True)
class Code:
    """What stands behind a code; *site* is the one of tests/sites/broken that shows it."""

    wrong: str
    remedy: str
    site: str
    why: str = ""
    severity: Severity = Severity.ERROR


CODES = {
    "CD001": Code(
        "`site.yaml` or `content/` is missing, or something in `content/` is no folder of cards.",
        "Create what is missing, and rename or move away what does not belong there.",
        "folder-unknown",
        "A folder whose name is misspelt would otherwise be passed over, and its cards with it.",
    ),
    "CD002": Code(
        "The file is not YAML that a card can be written in, is empty, or is a page without front matter.",
        "Mend the line, and put a text that holds `: ` or begins with a special character in quotes.",
        "colon-unquoted",
        "Tags, aliases and second documents are refused too: with them a card can mean something else than it shows.",
    ),
    "CD003": Code(
        "A field is given twice.",
        "Keep one of the two.",
        "key-twice",
        "YAML would keep the last one in silence, and nobody would see which of the two texts was published.",
    ),
    "CD004": Code(
        "A text holds an invisible or direction-changing character.",
        "Delete it, and type the text around it anew.",
        "invisible-character",
        "Such characters come along when text is copied, and can make it read as something else than it says.",
    ),
    "CD005": Code(
        "The file cannot be read: it is not UTF-8, too large, or no file at all.",
        "Save it as UTF-8 text.",
        "not-utf-8",
    ),
    "CD006": Code(
        "The file's name cannot be an id, has the wrong ending, or leads out of `content/`.",
        "Rename the file, with lower case letters, digits and hyphens only.",
        "file-name-not-an-id",
        "The name is the card's id and a part of its address, which readers and other sites will keep.",
    ),
    "CD007": Code(
        "A “#” ends a text: what stands behind it is a comment.",
        "Put the whole text in quotes if the “#” belongs to it; begin a comment with “# ”.",
        "number-sign-unquoted",
        "YAML takes “Bridge #5” for “Bridge”, and the site would show half a text without a word.",
        Severity.NOTE,
    ),
    "CD010": Code(
        "The card has a field that this kind of card does not have.",
        "Correct the field's name, or take it out.",
        "field-misspelt",
        "A misspelt field would otherwise be left out of the site without a word.",
    ),
    "CD011": Code(
        "A required field is missing or empty.",
        "Add it.",
        "field-missing",
        "What a reader needs to judge a claim is required, and so is a note for each stake that a card asserts.",
    ),
    "CD012": Code(
        "A value cannot be: a date, an address, a number, a quote that is too long, a figure with two comparators.",
        "Write it as the message shows.",
        "day-does-not-exist",
        "Dates are sorted, figures compared and addresses opened, so each must be one and not only look like one.",
    ),
    "CD013": Code(
        "A field that takes one of a few words has another one.",
        "Choose one of those that the message names.",
        "relation-unknown",
    ),
    "CD014": Code(
        "A value has the wrong form, such as a text where a list belongs.",
        "Write it as the message shows.",
        "list-expected",
    ),
    "CD015": Code(
        "The ladder or the address in `site.yaml` cannot be.",
        "Correct `site.yaml`.",
        "rung-twice",
        "Every page shows a status by its word, its color and its rating, so each rung needs its own and a sound one.",
    ),
    "CD020": Code(
        "A card, or a population, that is named here does not exist.",
        "Correct the id, or add the card.",
        "source-unknown",
        "The page would have a link to nothing, and the count of sources or origins would be wrong.",
    ),
    "CD021": Code(
        "Something is a part of itself.",
        "Take one `part_of` out of the ring.",
        "part-of-ring",
        "Origins under one root count once, and a ring has no root.",
    ),
    "CD022": Code(
        "A published card refers to a draft.",
        "Publish the draft, or take the reference out.",
        "reference-to-a-draft",
        "On the published site a draft does not exist, so the reference would lead nowhere.",
    ),
    "CD023": Code(
        "An alias or an id belongs to another card already.",
        "Take the alias out, or give the card another id.",
        "alias-of-a-living-claim",
        "Whoever linked to an old address must find the card that stood there, so ids are never used again.",
    ),
    "CD024": Code(
        "`site.yaml` does not have this status, measure or population.",
        "Correct the word, or add it to `site.yaml`.",
        "status-unknown",
        "These words are the desk's own: readers find each explained on the page of the method.",
    ),
    "CD026": Code(
        "The attribution cannot be: `unknown` before its end, `own` without a wire, an article from no outlet.",
        "Correct `via`, `own` or `outlet`.",
        "unknown-not-last",
        "Origins are counted along the attribution, and beyond an unknown speaker nobody can follow it.",
    ),
    "CD027": Code(
        "The attribution runs in a circle.",
        "End the chain where the record ends.",
        "loop-in-one-chain",
        "Where each cites the other nobody said it first, and there is no origin to count.",
    ),
    "CD028": Code(
        "The relations of claims do not agree: one to itself, two of one pair, or a circle of `supersedes`.",
        "Keep the one relation that says most.",
        "two-relations-of-one-pair",
        "A relation shows on both pages, so it is written once.",
    ),
    "CD040": Code(
        "The status claims more than the evidence carries.",
        "Choose a status that the message names, or add evidence.",
        "corroborated-by-one-origin",
        "Two outlets that repeat one report are one origin: a status is earned by origins, not by repetition.",
    ),
    "CD050": Code(
        "A published claim changed, and nothing says so.",
        "Add an entry to `history` or `corrections`, or undo the change.",
        "silent-change",
        "Readers who saw the earlier version are owed the reason for the new one.",
    ),
    "CD051": Code(
        "A published address is gone.",
        "Restore its card, withdraw it, or add its id to the `aliases` of the card that replaces it.",
        "address-vanished",
        "Others link to it and cite it: an address once published keeps leading somewhere.",
    ),
    "CD052": Code(
        "A quote differs from the one that was verified.",
        "Restore the words, or have the new ones verified by `lock --articles DIR`.",
        "quote-changed",
        "The page says that the quote was found in the article, which holds for the words that were looked up only.",
    ),
    "CD053": Code(
        "A published card is a draft again.",
        "Delete `draft: true`, or take the card back by `withdrawn` with a note.",
        "back-to-draft",
        "A draft is not on the site, so its address would vanish without a word.",
    ),
    "CD054": Code(
        "The lock cannot be read.",
        "Restore it from the repository: `git checkout content/desk.lock`.",
        "lock-broken",
        "It is the record of what was published; it is written by `lock` alone and never by hand.",
    ),
    "CD055": Code(
        "A quote does not stand in its article.",
        "Quote letter for letter.",
        "quote-not-in-its-article",
        "A quotation mark promises the source's own words; only `check` and `lock` with `--articles DIR` look them up.",
    ),
    "CD060": Code(
        "Something that will be published is not yet recorded.",
        "Run `python build.py lock` and commit `content/desk.lock`.",
        "claim-not-recorded",
        "Only what is recorded is protected from changing or vanishing in silence.",
        Severity.WARNING,
    ),
    "CD061": Code(
        "A recorded card changed, and an entry of the card says so.",
        "Run `python build.py lock` and commit `content/desk.lock`.",
        "change-not-recorded",
        "Until then the lock holds the old version, and a later change would hide behind this entry.",
        Severity.WARNING,
    ),
    "CD062": Code(
        "A quote is not verified.",
        "Run `python build.py lock --articles DIR`, where DIR holds the article's text.",
        "quote-not-verified",
        "Until then its page does not say that it is, and does not lead to the very words in the article.",
        Severity.WARNING,
    ),
    "CD063": Code(
        "The source carries a wire's text, and the attribution leaves the wire out.",
        "Begin `via` with the wire, or say `own: true` where the outlet added the passage itself.",
        "wire-left-out",
        "Every outlet that prints one wire's text would otherwise be counted apart.",
        Severity.WARNING,
    ),
    "CD064": Code(
        "Nothing uses this source, claimant or topic.",
        "Use it on a card, or delete it.",
        "topic-not-used",
        "Its page would tell readers nothing; often a reference to it was forgotten.",
        Severity.WARNING,
    ),
    "CD065": Code(
        "A claim contradicts another one, and neither card has evidence that disputes it.",
        "Enter what disputes it as evidence (`stance: disputes`), or choose another relation.",
        "contradicts-without-evidence",
        "A contradiction that nobody has stated in a source is the desk's own conclusion, and should read as one.",
        Severity.WARNING,
    ),
    "CD070": Code(
        "A link in Markdown leads nowhere, or is a picture.",
        "Correct it.",
        "markdown-link-to-nothing",
    ),
    "CD071": Code(
        "A link on a rendered page leads nowhere.",
        "Correct the text or the template that it comes from, or add what it leads to.",
        "anchor-to-nothing",
        "What a template or a heading makes of a link is seen on the finished page only, so every page is checked.",
    ),
    "CD072": Code(
        "Two things want one address.",
        "Rename one of the two.",
        "static-file-at-an-address",
        "One would overwrite the other, and which of them readers get would be left to chance.",
    ),
    "CD073": Code(
        "A template is not Jinja, or shows what no page has.",
        "Mend the template.",
        "template-misspelt",
        "A misspelt name would otherwise leave a gap on the page that nobody notices.",
    ),
    "CD074": Code(
        "What the page tells search engines of the review (its ClaimReview) breaks a rule.",
        "Correct the card, or the template.",
        "short-tells-the-status",
        "Search engines leave out reviews that break their documented rules, and say so to nobody.",
    ),
    "CD090": Code(
        "An outside address leads nowhere.",
        "Correct it, or give an archived copy where the page is gone for good.",
        "outside-link-dead",
        "A reader who cannot open the source cannot check the claim; only `check --links` asks.",
        Severity.WARNING,
    ),
    "CD091": Code(
        "An outside address could not be checked.",
        "Open it in a browser.",
        "outside-link-not-checked",
        "Many servers refuse programs or are in trouble for an hour, so this says nothing about the page.",
        Severity.NOTE,
    ),
    "CD092": Code(
        "An outside address has moved for good.",
        "Write the new address, if it shows the same.",
        "outside-link-moved",
        "Redirects are switched off some day, and then the old address leads nowhere.",
        Severity.NOTE,
    ),
}
