// Renew: what an open page does when a file of its version is not to be had any more, because the server has a newer one.
// https://vite.dev/guide/build.html#load-error-handling

const renewed = 'meridian:renewed-at';
const oftenMs = 30_000;

/** The page is loaded anew, once: where that does not help, its failure is shown. What was typed is kept as a draft. */
export const renewWhenOld = (): void => {
  globalThis.addEventListener('vite:preloadError', () => {
    const before = Number(sessionStorage.getItem(renewed) ?? 0);
    if (!navigator.onLine || Date.now() - before < oftenMs) return;
    sessionStorage.setItem(renewed, String(Date.now()));
    globalThis.location.reload();
  });
};
