/** The one thing kept in the browser: an opaque token that leads back to the conversation. */
export const TOKEN_KEY = "cp503-token";

/** Remembers the token here too: storage may be forbidden, then it lasts until the page is closed. */
export class TokenStore {
  private token: string | null = null;
  constructor(private readonly storage: Storage | null = localStorageIfAllowed()) {}

  get(): string | null {
    try {
      return this.storage?.getItem(TOKEN_KEY) ?? this.token;
    } catch {
      return this.token;
    }
  }

  set(token: string): void {
    this.token = token;
    try {
      this.storage?.setItem(TOKEN_KEY, token);
    } catch {
      // Full or forbidden: the conversation goes on, only a reload would begin anew.
    }
  }

  forget(): void {
    this.token = null;
    try {
      this.storage?.removeItem(TOKEN_KEY);
    } catch {
      // Nothing was kept then.
    }
  }
}

function localStorageIfAllowed(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
