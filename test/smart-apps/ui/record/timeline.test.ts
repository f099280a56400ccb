import { expect } from 'chai';
import { groupByPeriod } from '../../../../smart-apps/ui/src/record/timeline.ts';

const dated = (...dates: readonly (string | undefined)[]) =>
  dates.map((date, index) => ({ id: `${String(index)} ${date ?? ''}`, date }));
const grouped = (...dates: readonly (string | undefined)[]) =>
  groupByPeriod(dated(...dates)).map(({ period, items }) => [
    period,
    items.map(({ date }) => date),
  ]);

describe('a timeline', () => {
  it('goes from the newest to the oldest, by months', () => {
    expect(grouped('2026-01-03', '2026-02-01', '2026-01-20')).to.deep.equal([
      ['2026-02', ['2026-02-01']],
      ['2026-01', ['2026-01-20', '2026-01-03']],
    ]);
  });

  it('says no more of a date than is known', () => {
    expect(grouped('2025-11', '2025', '2025-11-30', undefined)).to.deep.equal([
      ['2025', ['2025']],
      ['2025-11', ['2025-11', '2025-11-30']],
      [undefined, [undefined]],
    ]);
  });

  it('keeps the order of what happened at the same time', () => {
    const ids = groupByPeriod(dated('2026-01-01', '2026-01-01')).flatMap(({ items }) =>
      items.map(({ id }) => id),
    );

    expect(ids).to.deep.equal(['0 2026-01-01', '1 2026-01-01']);
  });

  describe('on a device', () => {
    const { TZ } = process.env;
    afterEach(() => {
      if (TZ === undefined) delete process.env['TZ'];
      else process.env['TZ'] = TZ;
    });

    for (const [zone, month] of [
      ['UTC', '2026-01'],
      ['Asia/Kolkata', '2026-02'],
    ] as const)
      it(`puts an instant into the month it was there: ${zone}`, () => {
        process.env['TZ'] = zone;

        expect(grouped('2026-01-31T20:00:00Z')[0]?.[0]).to.equal(month);
      });
  });
});
