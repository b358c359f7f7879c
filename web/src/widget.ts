/** What a page loads: defines the elements, once, whatever else the page loads. */
import { Chat } from "./chat.js";
import { PlanCard } from "./plan/card.js";
import { Rating } from "./view/rating.js";

for (const [name, element] of [["cp503-rating", Rating], ["cp503-plan-card", PlanCard], ["cp503-chat", Chat]] as const)
  if (!customElements.get(name)) customElements.define(name, element);

export type * from "./api.js";
