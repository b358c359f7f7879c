// What both pages need: the desk's API, what it says, and a passkey's bytes as text.

const at = (id) => document.getElementById(id);
let csrf = "";

export { at };

/** Calls the API; a refusal is thrown with the sentence the desk says. */
export async function call(path, body) {
  const asked = body === undefined ? {} : {
    method: "POST",
    headers: { "content-type": "application/json", "x-desk-token": csrf },
    body: JSON.stringify(body),
  };
  let answer, told;
  try {
    answer = await fetch(`/desk/api/${path}`, { credentials: "same-origin", ...asked });
    told = await answer.json();
  } catch {
    throw new Error("The desk does not answer. Nothing was done. Try again in a minute.");
  }
  if (!answer.ok) throw Object.assign(new Error(told.error.message), { code: told.error.code });
  csrf = told.csrf ?? csrf;
  return told;
}

/** Does what somebody asked for, once at a time, and says what went wrong. */
export function when(id, kind, act) {
  at(id).addEventListener(kind, async (event) => {
    event.preventDefault();
    const buttons = [...document.querySelectorAll("button")];
    buttons.forEach((b) => (b.disabled = true));
    at("told").textContent = "";
    try {
      await act(event);
    } catch (error) {
      at("told").textContent = error.name === "NotAllowedError"
        ? "The passkey was not used. Try again, or take another second factor."
        : error.message;
    } finally {
      buttons.forEach((b) => (b.disabled = false));
    }
  });
}

/** Shows one part of the page, and takes the keyboard and a screen reader there. */
export function show(part, title) {
  for (const found of document.querySelectorAll("main > form, main > section")) {
    found.hidden = found.id !== part;
  }
  at("title").textContent = title;
  (at(part).querySelector("input:not([hidden]):not([type=radio])") ?? at("title")).focus();
}

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

/** Makes a passkey by the desk's options. */
export async function makeKey(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: keys(options.excludeCredentials),
    },
  });
  return told(made, {
    clientDataJSON: text(made.response.clientDataJSON),
    attestationObject: text(made.response.attestationObject),
  });
}

/** Signs with a passkey by the desk's options. */
export async function useKey(options) {
  const signed = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: keys(options.allowCredentials),
    },
  });
  return told(signed, {
    clientDataJSON: text(signed.response.clientDataJSON),
    authenticatorData: text(signed.response.authenticatorData),
    signature: text(signed.response.signature),
  });
}

const told = (key, response) => ({ id: key.id, rawId: text(key.rawId), type: key.type, response });
