// Sets the reader's theme before the page is painted, then shows the button that changes it; “/” leads to the search.
(function () {
  var root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)"), saved;
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  try { saved = localStorage.getItem("theme"); } catch (blocked) {}
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;
  addEventListener("keydown", function (event) {
    var field = document.querySelector("[data-search-field]"), page = document.querySelector("[data-search]");
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (field && !field.closest("[hidden]")) field.focus();
    else if (page) location.assign(page.href);
    else return;
    event.preventDefault();
  });
  addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
      function show() { button.setAttribute("aria-pressed", isDark()); }
      dark.addEventListener("change", show);
      button.addEventListener("click", function () {
        root.dataset.theme = isDark() ? "light" : "dark";
        try { localStorage.setItem("theme", root.dataset.theme); } catch (blocked) {}
        show();
      });
      show();
      button.hidden = false;
    });
  });
})();
