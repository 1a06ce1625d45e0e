// Questions to the operator, one at a time.

import { fill, h } from "./dom.js";

const dialog = document.getElementById("dialog");

/**
 * Asks, and does what is asked for while the question is open, so that a refusal is seen where it belongs.
 * Resolves to whether it was done.
 */
export function ask({ title, text, field, confirm, act }) {
  return new Promise((resolve) => {
    const input = h("input", {
      name: "answer", type: field.type ?? "text", maxlength: field.most ?? 200, autocomplete: "off",
      placeholder: field.hint ?? "", required: field.required ?? false,
    });
    const error = h("p", { class: "error", role: "alert" });
    const form = h("form", {
      method: "dialog",
      onsubmit: async (event) => {
        event.preventDefault();
        try {
          await act(input.value.trim());
          dialog.close("done");
        } catch (problem) {
          fill(error, problem.message);
        }
      },
    },
    h("h2", { id: "dialog-title" }, title),
    text && h("p", { class: "faint" }, text),
    h("label", { class: "field" }, field.label, input),
    error,
    h("div", { class: "row" },
      h("button", { type: "button", onclick: () => dialog.close("") }, "Cancel"),
      h("button", { class: "primary", type: "submit" }, confirm)));
    fill(dialog, form);
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "done"), { once: true });
    dialog.showModal();
    input.focus();
  });
}

export async function askForToken() {
  let token = "";
  const given = await ask({
    title: "This server wants a token",
    text: "It is kept for this tab alone. A token of the role \"read\" shows everything; \"operate\" also changes.",
    field: { label: "Token", type: "password", most: 4096, required: true },
    confirm: "Go on",
    act: async (answer) => { token = answer; },
  });
  if (!given) throw new Error("no token was given");
  return token;
}
