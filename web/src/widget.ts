/** What a page loads: defines the elements, once, whatever else the page loads. */
import { Chat } from "./chat.js";
import { PlanCard } from "./plan/card.js";
import { Contact } from "./view/contact.js";
import { Mail } from "./view/mail.js";
import { Rating } from "./view/rating.js";

const ELEMENTS = {
  "cp503-rating": Rating, "cp503-plan-card": PlanCard, "cp503-contact": Contact, "cp503-mail": Mail, "cp503-chat": Chat,
};
for (const [name, element] of Object.entries(ELEMENTS))
  if (!customElements.get(name)) customElements.define(name, element);

export type * from "./api.js";
