/**
 * An assistant's text as DOM: paragraphs, lists, bold, italic and links, nothing else.
 *
 * The text is escaped first, so no markup in it survives; what we add ourselves then still goes through
 * DOMPurify with a list of eight elements, so that a mistake here cannot become a hole.
 */
import DOMPurify from "dompurify";
import { blocks, pieces, safeUrl, type Block } from "./text.js";

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const LINK = /(?<!!)\[([^\]\n]{1,200})\]\(([^()\s]{1,500})\)/g;
const BARE = /\bhttps?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]/g;
const BOLD = /\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*/g;
const ITALIC = /(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![*\w])|(?<![_\w])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![_\w])/g;

/** The text as a fragment to put into the page. */
export function rendered(text: string, firmPhone = ""): DocumentFragment {
  const html = blocks(text).map((block) => blockHtml(block)).join("");
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: ["p", "br", "ul", "ol", "li", "strong", "em", "a"],
    ALLOWED_ATTR: ["href", "start"],
    ALLOWED_URI_REGEXP: /^(?:https?|tel|mailto):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll("a")) openSafely(link);
  markPieces(fragment, firmPhone);
  return fragment;
}

function blockHtml(block: Block): string {
  if (block.kind === "p") return `<p>${inline(block.text).replace(/\n/g, "<br>")}</p>`;
  const items = block.items.map((item) => `<li>${inline(item)}</li>`).join("");
  const start = block.start ? ` start="${String(block.start)}"` : "";
  return `<${block.kind}${start}>${items}</${block.kind}>`;
}

/** One line: links and addresses are taken out first (a private character marks their place), so that stars and underscores in an address stay an address. */
function inline(text: string): string {
  const kept: string[] = [];
  const keep = (html: string): string => `\uE000${String(kept.push(html) - 1)}\uE000`;
  const linked = (whole: string, title: string, url: string): string => {
    const safe = safeUrl(url);
    return safe ? keep(`<a href="${escape(safe)}">${escape(title)}</a>`) : whole;
  };
  const without = text
    .replace(/\uE000/g, "")
    .replace(LINK, linked)
    .replace(BARE, (url) => keep(escape(url)));
  return escape(without)
    .replace(BOLD, "<strong>$1</strong>")
    .replace(ITALIC, (_, star?: string, line?: string) => `<em>${star ?? line ?? ""}</em>`)
    .replace(/\uE000(\d+)\uE000/g, (_, n: string) => kept[Number(n)] ?? "");
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

function openSafely(link: HTMLAnchorElement): void {
  const safe = safeUrl(link.getAttribute("href") ?? "");
  if (!safe) {
    link.replaceWith(...link.childNodes);
  } else if (/^https?:/i.test(safe)) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
}

/** Phone numbers become links to tap, amounts get a span that does not break. */
function markPieces(root: DocumentFragment, firmPhone: string): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const node of texts) {
    const inLink = node.parentElement?.closest("a");
    const parts = pieces(node.data, firmPhone);
    if (!parts.some((p) => p.keep)) continue;
    node.replaceWith(
      ...parts.map((p) => {
        if (!p.keep) return p.text;
        const element = document.createElement(p.href && !inLink ? "a" : "span");
        if (element instanceof HTMLAnchorElement && p.href) element.href = p.href;
        element.className = "keep";
        element.textContent = p.text;
        return element;
      }),
    );
  }
}
