// Arrows: up and down go from row to row of a list, besides Tab; Home and End to its ends.

import type { KeyboardEvent } from 'react';

/** Of the element around the rows; each row has one element marked `data-row`. */
export const moveByArrows = (event: KeyboardEvent<HTMLElement>): void => {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const place = rows.indexOf(document.activeElement as HTMLElement);
  const next = placeAfter(event.key, place, rows.length);
  if (place < 0 || next === undefined) return;
  event.preventDefault();
  rows[next]?.focus();
};

/** undefined for any other key. */
export const placeAfter = (key: string, place: number, count: number): number | undefined => {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(place + 1, count - 1),
    ArrowUp: Math.max(place - 1, 0),
    ...{ Home: 0, End: count - 1 },
  };
  return places[key];
};
