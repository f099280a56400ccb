// The files of an upload as they change.

import { expect } from 'chai';
import { drawNumber } from '#src/health-id/number.ts';
import {
  faultOf,
  noWords,
  rowOf,
  wordsOf,
  type Row,
} from '../../../../smart-apps/desk/src/upload/row.ts';
import { changeRows, countRows, nextRows } from '../../../../smart-apps/desk/src/upload/rows.ts';

const [uhid, other] = [drawNumber(), drawNumber()];
const all = { ...noWords, uhid, birthDate: '1980-02-03', family: 'Rao' };
const fileNamed = (name: string, text = 'x'): File => new File([text], name, { lastModified: 1 });
const row = (name: string, more: Partial<Row> = {}): Row => ({
  ...rowOf(fileNamed(name), name, '2026-11-21T10:00:00Z'),
  ...more,
});

describe('the files of an upload', () => {
  it('take what is said for all, but never half of one person and half of another', () => {
    expect(wordsOf(row('a.pdf'), all)).to.deep.equal(all);
    expect(wordsOf(row(`${other}_Sharma.pdf`), all)).to.include({
      ...{ uhid: other, birthDate: '', family: 'Sharma' },
    });
    expect(wordsOf(row(`${uhid}.pdf`), all)).to.include({ uhid, birthDate: '1980-02-03' });
  });

  for (const [what, file, words, fault] of [
    ['no health ID', fileNamed('a.pdf'), noWords, 'missing'],
    ['a health ID that is none', fileNamed('a.pdf'), { ...all, uhid: '12' }, 'uhid'],
    ['neither birth date nor name', fileNamed('a.pdf'), { ...noWords, uhid }, 'person'],
    ['nothing in it', fileNamed('a.pdf', ''), all, 'empty'],
  ] as const)
    it(`are not sent with ${what}`, () => {
      const rows = [{ ...row('a.pdf'), file }];

      expect(faultOf(rows[0]!, words)).to.equal(fault);
      expect(changeRows(rows, { do: 'send', all: words })[0]!.state.at).to.equal('ready');
    });

  it('keep whose they are when they are sent, whatever is said for all later', () => {
    const [sent] = changeRows([row('a.pdf')], { do: 'send', all });

    expect(sent!.state.at).to.equal('queued');
    expect(sent!.own).to.deep.equal(all);
  });

  it('that were not sent keep whose they are when the page is about somebody else', () => {
    const [left] = changeRows([row('a.pdf')], { do: 'settle', all });

    expect(wordsOf(left!, { ...all, uhid: other, family: 'Sharma' })).to.include({
      ...{ uhid, family: 'Rao' },
    });
  });

  it('go three at once, in their order', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => row(name, { state: { at: 'queued' } }));
    const going = rows.map((each, place) =>
      place === 0 ? { ...each, state: { at: 'filing' } as const } : each,
    );

    expect(nextRows(rows).map(({ key }) => key)).to.deep.equal(['a', 'b', 'c']);
    expect(nextRows(going).map(({ key }) => key)).to.deep.equal(['b', 'c']);
  });

  it('chosen twice are one, unless the first was filed', () => {
    const again = { ...row('a.pdf'), key: 'again' };
    const filed = row('a.pdf', { state: { at: 'filed' } });

    expect(changeRows([row('a.pdf')], { do: 'add', rows: [again] })).to.have.length(1);
    expect(changeRows([filed], { do: 'add', rows: [again] })).to.have.length(2);
  });

  it('that failed or were refused can be sent again, and mended before', () => {
    const refused = row('a.pdf', { state: { at: 'refused', why: '' } });

    expect(changeRows([refused], { do: 'send', all, key: 'a.pdf' })[0]!.state.at).to.equal(
      'queued',
    );
    expect(
      changeRows([refused], { do: 'edit', key: 'a.pdf', own: { family: 'Das' } })[0],
    ).to.deep.include({ own: { ...refused.own, family: 'Das' }, state: { at: 'ready' } });
  });

  it('are counted by what came of them, and what is done can be taken away', () => {
    const rows = [
      row('a', { state: { at: 'filed' } }),
      row('b', { state: { at: 'known' } }),
      row('c', { state: { at: 'held', task: '1' } }),
      row('d', { state: { at: 'failed', kind: 'network' } }),
      row('e', { state: { at: 'queued' } }),
    ];

    expect(countRows(rows)).to.deep.equal({ all: 5, filed: 2, held: 1, failed: 1, going: 1 });
    expect(changeRows(rows, { do: 'clear' }).map(({ key }) => key)).to.deep.equal(['d', 'e']);
  });
});
