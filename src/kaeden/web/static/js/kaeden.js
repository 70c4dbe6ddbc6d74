// Wake the design system up: on the whole page, then on what a swap brought in.
// It looks below the element it is given, so it gets the parent of the new one.
document.addEventListener("DOMContentLoaded", () => DKFDS.init());
document.addEventListener("htmx:afterSwap", ({ target }) => {
  DKFDS.init({ scope: target.parentElement ?? document });
});
