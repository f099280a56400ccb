// Pages of several searches as one list by date.

import { expect } from 'chai';
import {
  beginStreams,
  takeNewest,
  type Dated,
  type LoadPage,
} from '../../../../smart-apps/portal/src/record/merge-pages.ts';

type Pages = Readonly<Record<string, readonly (readonly (string | undefined)[])[]>>;

/** Pages of dates for each search; the address of a page is its number. */
const loaderOf = (pages: Pages) => {
  const asked: string[] = [];
  const load: LoadPage<Dated> = (name, address) => {
    const at = Number(address ?? 0);
    asked.push(`${name} ${String(at)}`);
    return Promise.resolve({
      items: pages[name]![at]!.map((date, nth) => ({
        id: `${name}${String(at)}${String(nth)}`,
        date,
      })),
      next: at + 1 < pages[name]!.length ? String(at + 1) : undefined,
    });
  };
  return { load, asked };
};

const datesOf = (items: readonly Dated[]) => items.map(({ date }) => date);

describe('pages of several searches merged by date', () => {
  it('takes what is newest of all, although each search has only shown its first page', async () => {
    const { load } = loaderOf({ a: [['2024', '2020'], ['2019']], b: [['2023', '2022'], ['2021']] });

    const { items } = await takeNewest(beginStreams<Dated>(['a', 'b']), load, 4);

    expect(datesOf(items)).to.deep.equal(['2024', '2023', '2022', '2021']);
  });

  it('reads no page before it is needed to know what comes next', async () => {
    const { load, asked } = loaderOf({ a: [['2024', '2023'], ['2019']], b: [['2022'], ['2021']] });

    await takeNewest(beginStreams<Dated>(['a', 'b']), load, 2);

    expect(asked).to.deep.equal(['a 0', 'b 0']);
  });

  it('goes on where it stopped, and shows everything once', async () => {
    const { load } = loaderOf({ a: [['2024', '2020'], ['2018']], b: [['2023'], ['2019', '2017']] });
    const first = await takeNewest(beginStreams<Dated>(['a', 'b']), load, 3);
    const second = await takeNewest(first.rest!, load, 10);

    expect(datesOf([...first.items, ...second.items])).to.deep.equal([
      ...['2024', '2023', '2020', '2019', '2018', '2017'],
    ]);
    expect(second.rest).to.equal(undefined);
  });

  it('reads on past an empty page', async () => {
    const { load } = loaderOf({ a: [[], ['2024']], b: [['2023']] });

    const { items } = await takeNewest(beginStreams<Dated>(['a', 'b']), load, 2);

    expect(datesOf(items)).to.deep.equal(['2024', '2023']);
  });

  it('puts what has no date at the end', async () => {
    const { load } = loaderOf({ a: [['2024', undefined]], b: [['1950']] });

    const { items } = await takeNewest(beginStreams<Dated>(['a', 'b']), load, 9);

    expect(datesOf(items)).to.deep.equal(['2024', '1950', undefined]);
  });

  it('says at the very end that there is no more', async () => {
    const { load } = loaderOf({ a: [['2024']] });

    const { rest } = await takeNewest(beginStreams<Dated>(['a']), load, 1);

    expect(rest).to.equal(undefined);
  });

  it('passes on what went wrong with one of the searches', async () => {
    const load: LoadPage<Dated> = () => Promise.reject(new Error('away'));

    const taken = await takeNewest(beginStreams<Dated>(['a']), load, 1).catch(String);

    expect(taken).to.equal('Error: away');
  });
});
