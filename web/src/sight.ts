/** Tells once when an element can be seen: an inline panel counts as opened then. */
export class Sight {
  private observer: IntersectionObserver | null = null;

  watch(element: Element, seen: () => void): void {
    this.stop();
    if (typeof IntersectionObserver !== "function") {
      seen();
      return;
    }
    this.observer = new IntersectionObserver((entries) => {
      if (!entries.some((e) => e.isIntersecting)) return;
      this.stop();
      seen();
    });
    this.observer.observe(element);
  }

  stop(): void {
    this.observer?.disconnect();
  }
}
