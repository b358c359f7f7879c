/** The parts of Web Awesome that the desk uses: each is named here, so nothing else is bundled. */
import "@awesome.me/webawesome/dist/components/badge/badge.js";
import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/callout/callout.js";
import "@awesome.me/webawesome/dist/components/dialog/dialog.js";
import "@awesome.me/webawesome/dist/components/dropdown/dropdown.js";
import "@awesome.me/webawesome/dist/components/dropdown-item/dropdown-item.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import "@awesome.me/webawesome/dist/components/input/input.js";
import "@awesome.me/webawesome/dist/components/option/option.js";
import "@awesome.me/webawesome/dist/components/select/select.js";
import "@awesome.me/webawesome/dist/components/switch/switch.js";
import "@awesome.me/webawesome/dist/components/textarea/textarea.js";
import { registerIconLibrary } from "@awesome.me/webawesome/dist/components/icon/library.js";
import sprite from "./icons.svg";

// Web Awesome's own icons come from a CDN ("default") and from data: addresses ("system"), which the
// desk's policy forbids. Both names get our one file instead; see icons.svg for what there is.
for (const library of ["default", "system"])
  registerIconLibrary(library, {
    resolver: (name) => `${sprite}#${name}`,
    spriteSheet: true,
    // Without it the drawing is square but its box 300 pixels wide.
    mutator: (svg) => { svg.setAttribute("viewBox", "0 0 24 24"); },
  });
