// Cut words: what a page holds and does not show, because its box is too small for it.

import type { Page } from 'playwright-core';

/** Each as its element and how it begins. */
export const cutWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(findCut);

/** Texts in boxes that hide what does not fit; what is for screen readers only is a box of one pixel or two. */
const findCut = `const hides = ['hidden', 'clip'];
[...document.querySelectorAll('body *')]
  .filter((element) => [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== ''))
  .filter((element) => {
    for (let box = element; box !== null && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      if (box.clientWidth <= 2 || box.clientHeight <= 2 || box.tagName === 'svg') return false;
      if (hides.includes(overflowX) && box.scrollWidth > box.clientWidth + 1) return true;
      if (hides.includes(overflowY) && box.scrollHeight > box.clientHeight + 1) return true;
    }
    return false;
  })
  .map((element) => element.tagName + ': ' + element.textContent.trim().slice(0, 60))`;
