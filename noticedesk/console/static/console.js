// The keys of the console, the sign of life of a held case, and pictures compared in place. All works without it.
(function () {
  "use strict";
  const DWELL = 250, ALIVE = 60000, SECOND = 1000;
  const page = document.documentElement;
  let begun = "", forget = 0, dwelling = 0;

  // who went on before htmx listened, which it does in a turn of its own, has the address of another page than came
  setTimeout(() => {
    const came = performance.getEntriesByType("navigation")[0]?.name ?? location.href;
    if (new URL(came).pathname !== location.pathname) location.reload();
  });

  const typing = (e) => e.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const usable = (e) => !e.disabled && !e.closest("dialog:not([open])");

  function wanted(keys) {
    return [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === keys && usable(e));
  }

  function press(element) {
    if (element.matches("input[type=search], textarea")) return element.focus();
    const form = element.form;
    if (element.matches("button:not([type=button]):not([data-reveal])") && form && !form.checkValidity()) return element.click();
    if (element.matches("button:not([type=button]):not([data-reveal]), a[href]:not([href^='#']):not([data-sheet])")) leaving();
    element.click();
    if (element.matches("input")) element.focus();
    if (element.matches("a[href^='#']")) document.querySelector(element.hash)?.focus();
  }

  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && typing(e.target)) return e.target.blur();
    if (e.key === "Enter" && e.ctrlKey && e.target.matches("textarea")) return e.target.form.requestSubmit();
    if (e.repeat || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || typing(e.target)) return;
    if (document.querySelector("dialog[open]") || e.key.length !== 1 || e.key === " ") return;
    if (!("ready" in page.dataset)) return;
    const keys = begun ? begun + " " + e.key : e.key;
    const element = wanted(keys);
    clearTimeout(forget);
    begun = "";
    if (element) {
      e.preventDefault();
      return press(element);
    }
    if (document.querySelector(`[data-key^="${CSS.escape(e.key)} "]`)) {
      begun = e.key;
      forget = setTimeout(() => { begun = ""; }, SECOND);
    }
  });

  // keys act on a page only after somebody had time to see it, and on none that is being left
  function shown() {
    leaving();
    dwelling = setTimeout(() => { page.dataset.ready = ""; }, DWELL);
  }

  function leaving() {
    clearTimeout(dwelling);
    delete page.dataset.ready;
  }

  function swapped() {
    shown();
    window.scrollTo(0, 0);
    document.querySelector("#main h1")?.focus({ preventScroll: true });
  }

  window.addEventListener("pageshow", shown);
  for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, swapped);
  for (const name of ["htmx:error", "htmx:response:error", "htmx:sendError"]) document.addEventListener(name, shown);
  document.addEventListener("submit", (e) => { if (e.target.method !== "dialog") leaving(); });

  document.addEventListener("click", (e) => {
    const on = (name) => e.target.closest(`[${name}]`);
    if (on("data-sheet")) {
      e.preventDefault();
      document.getElementById("sheet").showModal();
    } else if (on("data-close")) {
      on("data-close").closest("dialog").close();
    } else if (on("data-step")) {
      step(Number(on("data-step").dataset.step));
    } else if (on("data-flicker")) {
      flicker(on("data-flicker"));
    } else if (on("data-reveal")) {
      e.preventDefault();
      reveal(on("data-reveal"));
    }
  });

  function reveal(button) {
    const soft = document.querySelector(button.dataset.reveal).classList.toggle(button.dataset.soft);
    button.setAttribute("aria-pressed", String(soft));
    if (!soft && button.dataset.count) fetch(button.dataset.count, { method: "POST" }).catch(() => null);
  }

  function step(by) {
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = rows.indexOf(document.activeElement);
    if (by === 0) return rows[Math.max(0, at)]?.click();
    rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  }

  function flicker(button) {
    const pictures = document.querySelector(button.dataset.flicker);
    const all = [...pictures.querySelectorAll("figure")];
    const next = all.findIndex((one) => one.classList.contains("on-top")) + 1;
    all.forEach((one, place) => one.classList.toggle("on-top", place === next));
    pictures.classList.toggle("stacked", next < all.length);
    button.setAttribute("aria-pressed", String(next < all.length));
  }

  setInterval(async () => {
    const held = document.querySelector("[data-keep]");
    if (!held || document.hidden) return;
    const answer = await fetch(held.dataset.keep, { method: "POST" }).catch(() => null);
    // 200 says who took the case over; 204 that all is well
    if (answer && answer.status === 200) {
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("status").replaceChildren(...told.body.children);
    }
  }, ALIVE);
})();
