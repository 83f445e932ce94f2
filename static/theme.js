// Sets the reader's theme before the page is painted, then shows the button that changes it.
(function () {
  var root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)"), saved;
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  try { saved = localStorage.getItem("theme"); } catch (blocked) {}
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;
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
