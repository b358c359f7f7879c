/** Every sentence of the widget, so that a firm can say it its own way (attribute or property `texts`). */
export const TEXTS = {
  heading: "CP503 assistant",
  launcher: "Chat with us",
  launcherShort: "Chat",
  newMessage: "1 new message",
  newMessages: "{n} new messages",
  close: "Close",
  menu: "Menu",
  conversation: "Conversation",
  log: "Messages",
  you: "You:",
  assistant: "Assistant:",
  notice: "Notice:",
  advisor: "{name}, tax advisor (a person)",
  writing: "The assistant is writing",
  suggestions: "Suggestions",
  jump: "New messages",
  showAll: "Show all",
  showLess: "Show less",
  today: "Today",
  yesterday: "Yesterday",

  box: "Message",
  placeholder: "Ask about your notice",
  send: "Send",
  hint: "No Social Security or account numbers, please.",
  left: "{n} characters left.",
  over: "{n} characters; the most is {most}. Please shorten it, or send it in parts.",

  sending: "Sending…",
  sent: "Sent",
  waiting: "Waiting for the connection",
  notSent: "Not sent",
  tryAgain: "Try again",
  edit: "Edit",
  failed: "A message was not sent. It is kept: you can try again.",
  slow: "That was quick. Your messages wait a moment and then go out in order; none is lost.",
  offline: "No connection. Trying again; what you see is kept.",
  offlineDrafts: "No connection. Your message is kept and goes out when it is back.",
  connecting: "Connecting…",
  unreachable: "I can't connect right now. I keep trying, and what you write here is sent when it works.",
  reach: "You can reach {firm} at {phone}.",
  reachPhone: "You can reach us at {phone}.",
  problem: "That did not work. Please try again in a moment.",
  needsConnection: "That needs a connection. Please try again when it is back.",

  privacyHeading: "Before you start",
  privacyBot: "I'm a bot. What I say is general information, not legal or tax advice.",
  privacyKept: "{firm} keeps this conversation for {days} days; you can delete it in the menu at any time.",
  privacyKeptOpen: "{firm} keeps this conversation; you can delete it in the menu at any time.",
  privacyFirm: "The firm",
  privacyNumbers: "Please don't type Social Security or account numbers.",
  privacyLink: "Privacy",
  agree: "I agree",
  quiet: "Bot: general information, not legal or tax advice.",
  quietKept: "Kept for {days} days.",
  heldHeading: "Before I ask about your case",
  heldAsk: "The next questions are about your own case. With your answers I can work out a plan.",
  heldAgree: "I agree, go on",
  heldRefuse: "No, general answers only",

  person: "Talk to a person",
  offerHeading: "A person can take over",
  offerClosed: "Nobody is at the desk right now{opens}. Leave a way to reach you, and they call you back.",
  opens: "; it opens {when}",
  offerYes: "Agree and pass it on",
  offerNo: "Not now",
  contactName: "Your name (optional)",
  contact: "Phone number or e-mail address",
  contactMissing: "Please give a phone number or an e-mail address, so that they can reach you.",
  contactBad: "That is not a whole phone number or e-mail address. Please check it.",
  contactCancel: "Cancel",
  standing: "Your place with the firm's advisors",
  next: "You are next in line (1 of {of}).",
  place: "You are number {place} of {of} in line.",
  lineBot: "Until somebody takes your case, the bot answers.",
  lineClosed: "Nobody is at the desk right now{opens}.",
  lineKept: "Your place in line is kept while you are offline.",
  lineLong: "Nobody could take your case yet. You keep your place.",
  lineCall: "They call you back with what you gave.",
  callBack: "Ask for a call back",
  callBackSend: "Send",
  lineLeave: "Leave the line",
  lineLeaveShort: "Leave",
  lineLeaveAsk: "Leave the line? You lose your place, and advisors see your case no more.",
  lineStay: "Stay in line",
  here: "Here now. The bot is silent.",
  away: "Lost the connection. What you write is kept; if they do not come back you are in line again.",
  end: "End",
  endName: "End the talk with {name}",
  endAsk: "End the talk with {name}? The bot answers again, and {name} sees your case no more.",
  endYes: "Yes, end it",
  endNo: "Go on",
  writes: "{name} is writing",
  writeTo: "Write to {name}",
  helpedGroup: "Did the talk help?",
  helpedThanks: "Thank you. Your answer is passed on; you can still change it.",
  mail: "Send it to me by e-mail",
  mailHeading: "What should I send, and where to?",
  mailTo: "E-mail address",
  mailTranscript: "This conversation",
  mailPlan: "My plan",
  mailSend: "Send",
  mailSent: "It is on its way to {to}.",
  mailNone: "Please choose at least one of the two.",
  mailBad: "That is not a whole e-mail address. Please check it.",
  removeCase: "The advisor sees nothing of it any more, and your case ends.",

  restart: "New conversation",
  restartAsk: "Start a new conversation? This one is no longer shown here.",
  restartYes: "Yes, start over",
  keep: "Keep it",
  transcript: "Download transcript",
  print: "Print transcript",
  remove: "Delete my conversation",
  removeAsk: "Delete everything you wrote here, and the answers? This cannot be undone.",
  removeYes: "Yes, delete it",
  removed: "Your conversation is deleted. Nothing of it is kept here or in this browser.",
  removedNew: "Start a new conversation",
  ready: "It is ready:",
  openIt: "Open it",

  helpful: "Helpful?",
  helpfulGroup: "Was this answer helpful?",
  yes: "Yes",
  no: "No",
  yesName: "Yes, helpful",
  noName: "No, not helpful",
  word: "Tell us more (optional)",
  wordAdd: "Add",
  wordThanks: "Thank you.",

  planLoading: "Working out your plan…",
  planFailed: "The plan could not be shown.",
  planRetry: "Show the plan again",
  planEarlier: "An earlier plan",
  planShow: "Show this plan",
  planHide: "Hide this plan",
  planWays: "Your ways to pay, side by side",
  planWay: "Way to pay",
  planPay: "You pay",
  planTime: "How long",
  planFee: "Set-up fee",
  planTotal: "In all",
  cheapest: "Cheapest",
  easiest: "Easiest on the month",
  chartShow: "Show the chart",
  chartHide: "Hide the chart",
  chartTable: "Show as a table",
  chartTableHide: "Hide the table",
  chartFailed: "The chart could not be loaded. The table has the same numbers.",
  chartTitle: "What is left to pay over time",
  chartDay: "Date",
  chartLine: "{name}: from {from} to {to} by {day}.",
  chartNow: "Now",
  chartMonths: "{n} mo",
  chartYears: "{n} yr",
  stepsHeading: "Next steps",
  stepTakes: "Takes {time}",
  papersHeading: "Have ready",
  pdf: "PDF of my plan",
  calendar: "Add the dates to my calendar",
  planPrint: "Print",
  sources: "Estimates and sources",
  asOf: "as of {day}",
};

export type Texts = typeof TEXTS;

/** Put values into a sentence's {names}. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The sentences with a firm's own; what is not a known sentence or not a text is left out. */
export function withOverrides(overrides: unknown): Texts {
  const own = typeof overrides === "string" ? parsed(overrides) : overrides;
  if (typeof own !== "object" || own === null) return TEXTS;
  const known = Object.entries(own).filter(
    ([name, value]) => Object.hasOwn(TEXTS, name) && typeof value === "string",
  );
  return { ...TEXTS, ...(Object.fromEntries(known) as Partial<Texts>) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // a typing error in a host's attribute must not break its page
  }
}

/** The launcher's name: always "Chat…", with what is new. */
export function launcherName(texts: Texts, unread: number): string {
  const name = /^chat/i.test(texts.launcher) ? texts.launcher : `Chat: ${texts.launcher}`;
  if (unread === 0) return name;
  return `${name}, ${unread === 1 ? texts.newMessage : fill(texts.newMessages, { n: unread })}`;
}
