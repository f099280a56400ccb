// Register: the service worker of an app, once the page has nothing more urgent to fetch. https://w3c.github.io/ServiceWorker/

const patienceMs = 4000;

/** Not while the app is made, and not in a frame, which is somebody else's page. */
export const registerShell = (app: string): void => {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  if (globalThis.top !== globalThis.self) return;
  const base = `/apps/${app}/`;
  const register = (): void => {
    // Without it the app works as before, with network only.
    navigator.serviceWorker
      .register(`${base}sw.js`, { scope: base, updateViaCache: 'none' })
      .catch(() => undefined);
  };
  setTimeout(register, patienceMs);
};
