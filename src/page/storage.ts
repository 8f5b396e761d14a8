/** The browser's storage as GraphiQL may use it: everything but headers, which hold callers' keys, also in its history. */
export const storage = {
  getItem: (name: string) => localStorage.getItem(name),
  setItem(name: string, value: string) {
    if (!name.endsWith(':headers')) localStorage.setItem(name, withoutHeaders(value));
  },
  removeItem: (name: string) => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
};

function withoutHeaders(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value), (key, part: unknown) => (key === 'headers' ? null : part));
  } catch {
    return value;
  }
}
