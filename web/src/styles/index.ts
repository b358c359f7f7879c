/** All styles of the widget. */
import { card } from "./card.js";
import { messages } from "./messages.js";
import { panel } from "./panel.js";
import { people } from "./people.js";
import { theme } from "./theme.js";

export const styles = [theme, panel, messages, card, people];
