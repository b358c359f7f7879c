/**
 * Keeps a full-screen panel above the keyboard: some browsers shrink only the visual viewport for it.
 * The numbers go into a style sheet of our own, so that no style attribute is needed.
 */
export class Viewport {
  private readonly sheet: CSSStyleSheet | null;

  constructor(root: ShadowRoot) {
    this.sheet = made(root);
  }

  start(): void {
    window.visualViewport?.addEventListener("resize", this.measure);
    window.visualViewport?.addEventListener("scroll", this.measure);
    this.measure();
  }

  stop(): void {
    window.visualViewport?.removeEventListener("resize", this.measure);
    window.visualViewport?.removeEventListener("scroll", this.measure);
  }

  private readonly measure = (): void => {
    const view = window.visualViewport;
    // While the visitor has zoomed in by hand the panel stays as it is.
    const covered = view && view.scale < 1.05 && window.innerHeight - view.height > 80;
    this.sheet?.replaceSync(
      covered
        ? `.panel { --height: ${view.height.toFixed(0)}px; --top: ${view.offsetTop.toFixed(0)}px }`
        : "",
    );
  };
}

function made(root: ShadowRoot): CSSStyleSheet | null {
  try {
    const sheet = new CSSStyleSheet();
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return sheet;
  } catch {
    return null; // an old browser: dvh has to do
  }
}
