// useFocusBack: when a form closes, the focus goes back to the button that opened it, which may be drawn anew. WCAG 2.2, 2.4.3.

import { useEffect, useRef } from 'react';

/** `open` is what is open, undefined where nothing is; `idOf` names the button of what was. */
export const useFocusBack = <T>(open: T | undefined, idOf: (was: T) => string): void => {
  const was = useRef(open);
  useEffect(() => {
    const before = was.current;
    was.current = open;
    if (before === undefined || open !== undefined) return;
    // Unless the person has gone elsewhere meanwhile.
    if (document.activeElement === document.body) document.getElementById(idOf(before))?.focus();
  });
};
