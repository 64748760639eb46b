// Links between the pages, followed without loading the page anew: what was typed, collected or
// drafted stays. Streamlit listens to the browser's history, so a link is an entry there.

import { drawn, whenSent } from "./typed.js";

const LANGUAGE = "lang";
const bar = () => document.querySelector(".p-bar");
const content = () => document.getElementById("content");
let moved = false;

function target(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!link || link.hasAttribute("download")) return null;
  const to = new URL(link.href, document.baseURI);
  if (to.origin !== location.origin || to.hash) return null;
  const root = new URL(".", document.baseURI).pathname;
  const name = to.pathname.slice(root.length);
  return name.includes("/") || name.includes(".") ? null : { link, to };
}

// A link written by a page need not know the language chosen.
function keepLanguage({ link, to }) {
  const chosen = new URLSearchParams(location.search).get(LANGUAGE);
  if (!chosen || to.searchParams.has(LANGUAGE)) return;
  to.searchParams.set(LANGUAGE, chosen);
  link.href = to.href;
}

function follow(event) {
  const found = target(event);
  if (!found) return;
  keepLanguage(found);
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (event.type !== "click" || !plain || event.altKey || found.link.target === "_blank") return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelectorAll(".p-bar details[open]").forEach((menu) => { menu.open = false; });
  whenSent(() => go(found.to.href));
}

function go(address) {
  moved = true;
  enter({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

// Streamlit enters the address of a page when its drawing begins, also where the reader has left
// it meanwhile, by a link or by Back: that page would stand in the history twice. Which page is
// shown is told by links and the browser alone; Streamlit enters what is asked on it.
const enter = history.pushState.bind(history);
history.pushState = (state, unused, address) => {
  const samePage = new URL(address ?? "", location.href).pathname === location.pathname;
  if (samePage) enter(state, unused, address);
};

document.addEventListener("click", follow, true);
document.addEventListener("auxclick", follow, true);

// Menus close as people expect them to.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".p-bar details[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".p-bar details[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  const main = content();
  if (!main) return;
  main.focus({ preventScroll: true });
  main.scrollIntoView({ block: "nearest" });
});

// The document says which language it is in; the link before everything speaks it too.
new MutationObserver(() => {
  const shown = bar();
  if (!shown) return;
  if (document.documentElement.lang !== shown.lang) document.documentElement.lang = shown.lang;
  const skip = document.getElementById("skip");
  if (skip.textContent !== shown.dataset.skip) skip.textContent = shown.dataset.skip;
  // The link that had the focus was drawn anew: what was opened takes it.
  if (moved && document.activeElement === document.body && content()) {
    moved = false;
    content().focus({ preventScroll: true });
  }
}).observe(document.getElementById("root"), { childList: true, subtree: true });

// What takes longer than a moment is said to those who do not see it.
const BUSY_MS = 700;
let busy = 0;
const app = () => document.querySelector(".stApp");
new MutationObserver(() => {
  const state = app()?.dataset.testScriptState;
  if (state === "notRunning") setTimeout(drawn);
  if (state !== "running") {
    clearTimeout(busy);
    busy = 0;
    const told = document.getElementById("working");
    if (told.textContent) told.textContent = "";
  } else if (!busy) {
    busy = setTimeout(() => {
      document.getElementById("working").textContent = bar()?.dataset.working ?? "";
    }, BUSY_MS);
  }
}).observe(document.getElementById("root"), {
  attributeFilter: ["data-test-script-state"], attributes: true, subtree: true,
});
