// Keep what somebody writes in a form, in this browser, until it has been sent.
//
// By the form's address and by the account and post one acts in (an opaque name). Never
// passwords, codes, files, hidden fields, forms marked data-kept="no", or a text that
// holds a CPR number. Forgotten when the form has come through, when it is discarded,
// when one signs out, and after two weeks.
(() => {
  const PREFIX = "kaeden:";
  const LONGEST = 14 * 24 * 60 * 60 * 1000;
  const MOST = 3;
  const CPR = /(?<!\d)(?:[0-2]\d|3[01]|[4-6]\d|7[01])(?:0\d|1[0-2])\d\d[- ]?\d{4}(?!\d)/;
  const FIELDS =
    "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";
  const TEXTS = "textarea, input[type=text], input:not([type])";
  const said = document.getElementById("kept")?.dataset;

  const read = (key) => {
    try {
      const found = JSON.parse(localStorage.getItem(key) ?? "[]");
      return found.filter((one) => Date.now() - one.at < LONGEST);
    } catch {
      return [];
    }
  };
  const write = (key, drafts) => {
    try {
      if (drafts.length) localStorage.setItem(key, JSON.stringify(drafts.slice(0, MOST)));
      else localStorage.removeItem(key);
    } catch {
      // The browser keeps nothing: then nothing is kept, and the form works as ever.
    }
  };
  const keys = () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  };
  const addressOf = (form) => new URL(form.action, location.href).pathname;
  const fieldsOf = (form) =>
    [...form.elements].filter((one) => one.name && one.matches(FIELDS));
  const isTicked = (field) => field.type === "radio" || field.type === "checkbox";

  const valuesOf = (form) =>
    fieldsOf(form)
      .filter((one) => (isTicked(one) ? one.checked : !CPR.test(one.value)))
      .map((one) => [one.name, one.value]);

  const fill = (form, values) => {
    const left = [...values];
    for (const field of fieldsOf(form)) {
      const at = left.findIndex(
        ([name, value]) => name === field.name && (!isTicked(field) || value === field.value),
      );
      if (isTicked(field)) field.checked = at >= 0;
      else if (at >= 0) field.value = left[at][1];
      if (at >= 0) left.splice(at, 1);
    }
  };

  const textOf = (form, values) => {
    const texts = [...form.querySelectorAll(TEXTS)].map((one) => one.name);
    const [, words = ""] = values.find(([name, value]) => texts.includes(name) && value) ?? [];
    return words.length > 60 ? `${words.slice(0, 60)}…` : words;
  };
  const timeOf = (moment) => {
    const day = new Date(moment);
    const time = { hour: "2-digit", minute: "2-digit" };
    const isToday = day.toDateString() === new Date().toDateString();
    const form = isToday ? time : { day: "numeric", month: "short", ...time };
    return day.toLocaleString(document.documentElement.lang, form);
  };

  const note = (form, kind, role, words) => {
    const box = document.createElement("div");
    box.className = `kd-note kd-note-${kind} kd-kept`;
    box.setAttribute("role", role);
    const text = box.appendChild(document.createElement("p"));
    text.textContent = words;
    form.prepend(box);
    return box;
  };
  const button = (box, words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-secondary";
    made.textContent = words;
    made.addEventListener("click", act);
    box.append(made, " ");
  };

  // Whether the server answers now; the icon is small and asks nothing of the database.
  const answers = async () => {
    if (!navigator.onLine) return false;
    const icon = document.querySelector("link[rel=icon]").href;
    try {
      await fetch(icon, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(8000) });
      return true;
    } catch {
      return false;
    }
  };

  const keep = (form) => {
    const key = `${PREFIX}${said.keeper}:${addressOf(form)}`;
    const first = JSON.stringify(valuesOf(form));
    const isHere = (draft) => JSON.stringify(draft.values) === first;
    let offered = read(key).filter((draft) => !isHere(draft));
    let current = read(key).find(isHere);
    const store = () => write(key, [...(current ? [current] : []), ...offered]);
    const save = () => {
      const values = valuesOf(form);
      const isNew = JSON.stringify(values) !== first;
      current = isNew ? { at: Date.now(), values } : undefined;
      store();
    };
    const offer = (draft) => {
      const words = said.saved.replace("{time}", timeOf(draft.at));
      const box = note(form, "info", "status", `${words} “${textOf(form, draft.values)}”`);
      const decide = () => {
        offered = offered.filter((one) => one !== draft);
        box.remove();
      };
      button(box, said.use, () => {
        decide();
        fill(form, draft.values);
        save();
        form.querySelector(TEXTS).focus();
      });
      button(box, said.drop, () => {
        decide();
        store();
        form.querySelector(TEXTS).focus();
      });
      const more = box.appendChild(document.createElement("a"));
      more.href = said.where;
      more.textContent = said.more;
    };

    store();
    [...offered].reverse().forEach(offer);
    form.addEventListener("input", save);
    form.addEventListener("change", save);

    let step = "writing";
    let lost;
    form.addEventListener("submit", async (event) => {
      if (step === "sending") return;
      event.preventDefault();
      if (step === "asking") return;
      step = "asking";
      save();
      const isThere = await answers();
      step = isThere ? "sending" : "writing";
      lost?.remove();
      if (isThere) {
        form.requestSubmit(event.submitter);
        setTimeout(() => (step = "writing"), 3000);
      } else {
        lost = note(form, "error", "alert", said.lost);
        lost.scrollIntoView({ block: "center" });
      }
    });
  };

  const forgetSent = () => {
    const cookie = document.cookie.split("; ").find((one) => /^(__Host-)?sent=/.test(one));
    if (!cookie) return;
    const [name, ...rest] = cookie.split("=");
    const address = rest.join("=").replace(/^"|"$/g, "");
    localStorage.removeItem(`${PREFIX}${said.keeper}:${address}`);
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${secure}`;
  };

  const isKept = (form) =>
    form.method === "post" &&
    form.dataset.kept !== "no" &&
    !form.querySelector("input[type=password]") &&
    form.querySelector(TEXTS);

  if (!said) return;
  keys().forEach((key) => write(key, read(key)));
  try {
    forgetSent();
  } catch {
    // Without storage there is nothing to forget.
  }
  [...document.forms].filter(isKept).forEach(keep);
  document.querySelector("form[data-signs-out]")?.addEventListener("submit", () => {
    keys().forEach((key) => localStorage.removeItem(key));
  });
})();
