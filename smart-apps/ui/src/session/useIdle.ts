// useIdle: follows whether somebody is there, and locks when nobody was for too long.

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { watchIdle, type Idle, type IdleWatch, type LastUse } from './idle.ts';
import { isAnythingUnderWay } from './under-way.ts';

export interface IdleSettings {
  readonly limitMs: number;
  readonly lastUse: LastUse;
  /** Takes away what is shown. */
  readonly lock: () => void;
}

export interface Idling {
  /** Once there is less than a minute. */
  readonly secondsLeft: number | undefined;
  readonly stay: () => void;
  /** Of the notice: a press there is for its button to answer. */
  readonly notice: RefObject<HTMLElement | null>;
}

const uses = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** A machine that wakes, a tab that is shown again. */
const returns = ['visibilitychange', 'resume', 'focus', 'pageshow'] as const;

export const useIdle = ({ limitMs, lastUse, lock }: IdleSettings): Idling => {
  const [secondsLeft, setSecondsLeft] = useState<number>();
  const watch = useRef<IdleWatch>(undefined);
  const notice = useRef<HTMLElement>(null);
  const tell = useCallback(
    (idle: Idle) => {
      // Before the browser draws again.
      if (idle.is === 'over') flushSync(lock);
      else setSecondsLeft(idle.is === 'closing' ? idle.secondsLeft : undefined);
    },
    [lock],
  );

  useEffect(() => {
    const clocks = { now: () => Date.now(), elapsed: () => performance.now() };
    const watching = watchIdle({ clocks, lastUse, limitMs, isUnderWay: isAnythingUnderWay });
    watch.current = watching;
    const look = (): void => tell(watching.look());
    const note = (event: Event): void => {
      if (notice.current?.contains(event.target as Node) || !isMeant(event, notice)) {
        look();
        return;
      }
      const idle = watching.note();
      // What woke the machine is not to press what lies below.
      if (idle.is === 'over') event.stopImmediatePropagation();
      tell(idle);
    };
    const ending = new AbortController();
    const options = { capture: true, passive: true, signal: ending.signal };
    for (const name of uses) globalThis.addEventListener(name, note, options);
    for (const name of returns) globalThis.addEventListener(name, look, options);
    const timer = setInterval(look, 1000);
    return () => {
      ending.abort();
      clearInterval(timer);
    };
  }, [limitMs, lastUse, tell]);

  const stay = useCallback(() => {
    if (watch.current) tell(watch.current.note());
  }, [tell]);
  return { secondsLeft, stay, notice };
};

/** A mouse that trembles on its table is not used; and who moves it to the notice wants to find it there. */
const isMeant = (event: Event, notice: RefObject<HTMLElement | null>): boolean =>
  event.type !== 'pointermove' ||
  (notice.current === null && distanceOf(event as PointerEvent) > 2);

/** In pixels. */
const distanceOf = ({ movementX, movementY }: PointerEvent): number =>
  Math.abs(movementX) + Math.abs(movementY);
