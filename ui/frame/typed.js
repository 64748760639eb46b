// What somebody typed and has not sent yet, while pages come and go.

// Streamlit sends what was typed in a box a moment after the box is left. A page that is asked for
// in that moment is asked for first, and the box's own page comes after it and stays; and of two
// that wait at the server only the later is read, which lacks the text. So a page waits until the
// text has been taken, but no longer than a click can seem lost.
const WAIT_MS = 3000;
const TEXT = "textarea, input:not([type=checkbox], [type=radio], [type=file], [role=combobox])";
const FORM = '[data-testid="stForm"]';
let typed = null;
let waiting = null;
let sending = 0;

const done = () => {
  clearTimeout(sending);
  sending = 0;
  const then = waiting;
  waiting = null;
  then?.();
};

document.addEventListener("input", ({ target }) => {
  if (target instanceof Element && target.matches(TEXT) && !target.closest(FORM)) typed = target;
}, true);
document.addEventListener("focusout", ({ target }) => {
  if (target !== typed) return;
  typed = null;
  clearTimeout(sending);
  sending = setTimeout(done, WAIT_MS);
}, true);

export function whenSent(then) {
  if (typed && typed === document.activeElement) typed.blur();
  if (sending) waiting = then;
  else then();
}

// A question that was typed and not asked is in its box and nowhere else: forms send nothing
// before they are asked. Here it outlives the box, and is put into the next box of its kind where
// nothing else was asked: at the address where it was typed, or at one that asks nothing.
const QUESTIONS = ["query", "see-queries"];
const LANGUAGE = "lang";
const kept = new Map();

const boxOf = (key) => document.querySelector(`.st-key-${key} :is(input, textarea)`);
const keyOf = (box) => QUESTIONS.find((key) => box.closest(`.st-key-${key}`));

function asked() {
  const params = new URLSearchParams(location.search);
  params.delete(LANGUAGE);
  return params.toString();
}

document.addEventListener("input", (event) => {
  const key = event.target instanceof Element && keyOf(event.target);
  if (!key) return;
  const { target: box } = event;
  kept.set(key, { box, text: box.value, asked: asked(), path: location.pathname });
}, true);

function forget(form) {
  for (const key of QUESTIONS) if (form.contains(boxOf(key))) kept.delete(key);
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button");
  const submits = button && button.closest('[data-testid="stFormSubmitButton"]');
  if (submits) forget(button.closest(FORM));
}, true);
document.addEventListener("keydown", (event) => {
  const line = event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey;
  if (!line || event.key !== "Enter" || event.isComposing) return;
  if (event.target === typed) typed = null;
  const form = event.target.closest(FORM);
  if (form) forget(form);
}, true);

// React hears of a value only where the element's own setter set it.
function type(box, text) {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value");
  own.set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function keepQuestions() {
  for (const [key, held] of kept) {
    const box = boxOf(key);
    if (!box) continue;
    if (box !== held.box) {
      if (!asked() || asked() === held.asked) type(box, held.text);
    } else if (box.value !== held.text) {
      kept.delete(key);
    } else if (location.pathname === held.path) { // the address of the next page comes before it
      held.asked = asked();
    }
  }
}

// A box that has just been put there is given its own value first, when there is time.
const later = () => requestIdleCallback(() => setTimeout(keepQuestions), { timeout: 1000 });

// To be called when a page is drawn.
export function drawn() {
  if (sending) done();
  if (kept.size) later();
}

// A box of another kind comes after that, when its script has been read.
new MutationObserver(() => {
  const app = kept.size && document.querySelector(".stApp");
  if (app && app.dataset.testScriptState === "notRunning") later();
}).observe(document.getElementById("root"), { childList: true, subtree: true });
