// Loads the page anew after each save, and goes to the card that was saved, unless that is switched off.
// Speaks the protocol of LiveReload 7; its own word is `version`: the state of the site that this page shows.
(() => {
  "use strict";
  const KEY = "claimdeck-preview-follow";
  const bar = document.querySelector(".preview-bar");
  const follow = document.getElementById("preview-follow");
  follow.checked = localStorage.getItem(KEY) !== "off";
  window.addEventListener("storage", () => { follow.checked = localStorage.getItem(KEY) !== "off"; });
  follow.addEventListener("change", () => localStorage.setItem(KEY, follow.checked ? "on" : "off"));

  function show(path) {
    const goes = path.startsWith("/") && follow.checked && document.visibilityState === "visible";
    if (goes && path !== location.pathname) location.assign(path);
    else location.reload();
  }

  function listen() {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/livereload`);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.addEventListener("open", () => {
      send({command: "hello", protocols: ["http://livereload.com/protocols/official-7"]});
      send({command: "info", url: location.href, version: Number(bar.dataset.version)});
    });
    socket.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.command === "reload") show(message.path);
    });
    socket.addEventListener("close", () => setTimeout(listen, 500));
  }

  listen();
})();
