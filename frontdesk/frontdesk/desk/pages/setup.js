// From a set-up link to an account: password, second factor, recovery codes.

import { at, call, makeKey, show, when } from "./people.js";

const code = location.hash.slice(1);
// Out of the address bar, the history and what a restored window shows.
history.replaceState(null, "", location.pathname);

async function start() {
  const told = await call("setup", { code });
  at("who").textContent = at("name").value = told.name;
  at("rule").textContent =
    `At least ${told.least} characters. A few words that do not belong together are best.`;
  show("first", "Set up your account");
}

function done(told) {
  for (const id of ["word", "again", "code"]) at(id).value = "";
  at("codes").replaceChildren(
    ...told.recovery.map((one) => {
      const line = document.createElement("li");
      line.textContent = one;
      return line;
    }),
  );
  show("done", "Almost done");
}

when("first", "submit", async () => {
  if (at("word").value !== at("again").value) {
    at("again").focus();
    throw new Error("The two passwords are not the same. Type the second one again.");
  }
  if (new FormData(at("first")).get("kind") === "passkey") {
    const passkey = await makeKey(await call("setup/passkey/options", { code }));
    done(await call("setup/finish", { code, password: at("word").value, passkey }));
    return;
  }
  const told = await call("setup/totp", { code });
  at("qr").src = told.qr;
  at("secret").textContent = told.secret.replace(/(.{4})/g, "$1 ").trim();
  show("app", "Your authenticator app");
});
when("app", "submit", async () => {
  const body = { code, password: at("word").value, totp: at("code").value };
  try {
    done(await call("setup/finish", body));
  } catch (error) {
    if (error.code === "weak_password") show("first", "Set up your account");
    throw error;
  }
});
when("print", "click", () => window.print());

start().catch((error) => {
  at("told").textContent = error.message;
});
