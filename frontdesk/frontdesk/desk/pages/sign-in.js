// Name and password, then the second factor.

import { at, call, show, useKey, when } from "./people.js";

async function start() {
  const ways = await call("ways");
  at("provider").hidden = !ways.oidc;
  let me = null;
  try {
    me = await call("me");
  } catch (error) {
    if (error.code !== "not_signed_in") throw error;
  }
  if (me === null) show("password", "Sign in to the desk");
  else if (me.signed_in === "half") second(me.factors);
  else await inside(me.user);
}

function second(factors) {
  at("totp").hidden = !factors.includes("totp");
  at("passkey").hidden = !factors.includes("passkey");
  at("paper").hidden = !factors.includes("recovery");
  show("second", "Your second factor");
  if (at("totp").hidden && !at("passkey").hidden) at("passkey").focus();
}

async function inside(user) {
  const desk = await fetch("/desk", { method: "HEAD", credentials: "same-origin" });
  if (desk.ok) {
    location.replace("/desk");
    return;
  }
  at("who").textContent = user.display_name;
  show("inside", "You are signed in");
}

when("password", "submit", async () => {
  const told = await call("sign-in", { name: at("name").value, password: at("word").value });
  at("word").value = "";
  second(told.factors);
});
when("totp", "submit", async () => {
  await inside((await call("second-factor/totp", { code: at("code").value })).user);
});
when("recovery", "submit", async () => {
  await inside((await call("second-factor/recovery", { code: at("saved").value })).user);
});
when("passkey", "click", async () => {
  const credential = await useKey(await call("second-factor/passkey/options", {}));
  await inside((await call("second-factor/passkey", { credential })).user);
});
for (const id of ["other", "out"]) {
  when(id, "click", async () => {
    await call("sign-out", {});
    show("password", "Sign in to the desk");
  });
}

start().catch((error) => {
  at("told").textContent = error.message;
  show("password", "Sign in to the desk");
});
