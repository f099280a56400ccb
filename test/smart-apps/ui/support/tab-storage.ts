// The storage of a tab, which Node does not have: what is kept are its own keys, as in a browser.

export const openTabStorage = (room = Number.POSITIVE_INFINITY): Storage => {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      if (value.length > room) throw new DOMException('There is no room.', 'QuotaExceededError');
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- It is what a Storage does.
      delete this[key];
    },
  };
  return Object.create(methods) as Storage;
};
