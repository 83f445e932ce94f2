"""Static files: a site's own override the project's, file by file."""

from claimdeck.read.static import PROJECT, read_static, stylesheet, template_folders


def test_the_projects_files_stand_below_static(site):
    files = read_static(site.root)[0]
    assert files["static/site.css"] == (PROJECT / "static" / "site.css").read_bytes()
    assert "static/theme.js" in files


def test_a_file_of_the_site_overrides_only_its_namesake(site):
    before = read_static(site.root)[0]
    site.write("static/site.css", "body { margin: 0 }")
    after = read_static(site.root)[0]
    assert after["static/site.css"] == b"body { margin: 0 }"
    assert {path: content for path, content in after.items() if path != "static/site.css"} == {
        path: content for path, content in before.items() if path != "static/site.css"
    }


def test_what_stands_in_static_root_is_published_at_the_top(site):
    site.write("static/root/robots.txt", "User-agent: *")
    site.write("static/root/.well-known/security.txt", "Contact: x")
    files = read_static(site.root)[0]
    assert files["robots.txt"] == b"User-agent: *"
    assert "static/root/robots.txt" not in files


def test_hidden_files_are_no_static_files(site):
    site.write("static/.DS_Store", "x")
    site.write("static/.draft/logo.svg", "<svg/>")
    assert [path for path in read_static(site.root)[0] if "DS_Store" in path or "draft" in path] == []


def test_bytes_are_copied_as_they_are(site):
    site.write("static/logo.bin", b"\r\n\x00\xff")
    assert read_static(site.root)[0]["static/logo.bin"] == b"\r\n\x00\xff"


def test_the_stylesheet_in_force_is_the_sites_own_where_it_has_one(site):
    assert stylesheet(site.root) == PROJECT / "static" / "site.css"
    site.write("static/site.css", ":root { --confirmed: green }")
    assert stylesheet(site.root) == site.root.resolve() / "static" / "site.css"


def test_a_rung_may_have_a_colour_of_the_sites_own_stylesheet(site):
    site.settings('ladder: [{id: sure, label: Sure, symbol: "●", mark: full, color: moss, meaning: We saw it.}]\n')
    site.claim("bridge-cost", status="sure", history=["{on: 2030-05-03, status: sure}"])
    assert [problem.code for problem in site.mistakes()] == ["CD015"]
    site.write("static/site.css", ":root { --moss: #353 }")
    assert site.mistakes() == []


def test_templates_are_looked_for_in_the_site_first(site):
    assert template_folders(site.root) == [PROJECT / "templates"]
    site.write("templates/pages/not_found.html", "<title>Mine</title>")
    assert template_folders(site.root) == [site.root.resolve() / "templates", PROJECT / "templates"]
    assert template_folders(PROJECT) == [PROJECT / "templates"]
