// Several lists, read page by page, as one that is newest first.

import { expect } from 'chai';
import { mergePages } from '../../../../smart-apps/clinician/src/chart/merge-pages.ts';

const same = (time: number): number => time;

describe('lists read page by page', () => {
  it('are one list, newest first', () => {
    const { items, waitsFor } = mergePages(
      [
        { items: [9, 4], hasMore: false },
        { items: [7, 5, 1], hasMore: false },
      ],
      same,
    );

    expect(items).to.deep.equal([9, 7, 5, 4, 1]);
    expect(waitsFor).to.deep.equal([]);
  });

  it('hold back what may have something newer before it on the next page of another', () => {
    const { items, waitsFor } = mergePages(
      [
        { items: [9, 6], hasMore: true },
        { items: [7, 3], hasMore: true },
        { items: [5], hasMore: false },
      ],
      same,
    );

    expect(items).to.deep.equal([9, 7, 6]);
    expect(waitsFor).to.deep.equal([0]);
  });

  it('show everything in order in the end, each item once', () => {
    const lists = [
      [12, 11, 10, 2, 1],
      [9, 8, 7, 6, 5],
      [4, 3],
    ];
    const read = [2, 2, 2];
    const sources = () =>
      lists.map((list, place) => ({
        items: list.slice(0, read[place]),
        hasMore: read[place]! < list.length,
      }));
    const shown: (readonly number[])[] = [];

    for (let turn = 0; turn < 10; turn += 1) {
      const { items, waitsFor } = mergePages(sources(), same);
      shown.push(items);
      for (const place of waitsFor) read[place]! += 2;
    }

    expect(shown.at(-1)).to.deep.equal([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    // What was shown once stays where it was.
    for (const [turn, items] of shown.slice(0, -1).entries())
      expect(shown[turn + 1]!.slice(0, items.length)).to.deep.equal(items);
  });

  it('put what has no date last, and lose none of it', () => {
    const { items } = mergePages(
      [{ items: [3, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], hasMore: false }],
      same,
    );

    expect(items).to.deep.equal([3, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });
});
