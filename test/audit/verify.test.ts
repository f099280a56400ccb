// Whoever changes a journal is found out, whatever they change.

import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createSign, linkHash, newSigningKey } from '#src/audit/chain.ts';
import { findLastEnd } from '#src/audit/files.ts';
import { verifyJournal, type Verified } from '#src/audit/verify.ts';
import { appendAll, createDesk, rowOf, type Desk } from './support/journals.ts';

type Lines = readonly string[];

describe('audit/verify', () => {
  let desk: Desk;
  const names = Array.from({ length: 12 }, (_, place) => `Patient/${String(place)}`);

  const verify = (): Promise<Verified> =>
    verifyJournal({ folder: desk.folder, key: desk.key.public, heads: desk.heads });
  const files = async (): Promise<readonly string[]> => (await readdir(desk.folder)).sort();
  const change = async (edit: (lines: Lines) => Lines, place = 0): Promise<void> => {
    const path = join(desk.folder, (await files())[place]!);
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, edit(lines).join('\n'));
  };
  const lastEnd = async () => (await findLastEnd(desk.folder))!;
  const isRowOf = (name: string) => (line: string) => line.includes(`"p":"${name}"`);

  beforeEach(async () => {
    desk = await createDesk();
    const journal = desk.open();
    await appendAll(journal, names);
    await journal.close();
  });
  afterEach(() => desk.remove());

  it('finds a journal sound that nobody touched', async () => {
    const { faults, notes, rows, signatures, unsigned, chains } = await verify();

    expect({ faults, notes, rows, signatures, unsigned, chains }).to.deep.equal({
      ...{ faults: [], notes: [], rows: 12, signatures: 1, unsigned: 0, chains: 1 },
    });
  });

  it('finds the rows of one turn of the event loop in one batch', async () => {
    const journal = desk.open({ chain: '000002-00c0ffee' });
    await Promise.all(names.map((name) => journal.append(rowOf(name))));
    await journal.close();
    const text = await readFile(join(desk.folder, (await files())[1]!), 'utf8');

    expect(text.match(/"j":"link"/g)).to.have.length(2);
  });

  const tamperings: Readonly<Record<string, (lines: Lines) => Lines>> = {
    'a row was changed': (lines) =>
      lines.map((line) => line.replace('"p":"Patient/5"', '"p":"Patient/6"')),
    'one digit of a time was changed': (lines) =>
      lines.map((line) => (isRowOf('Patient/5')(line) ? line.replace(/"t":(\d)/, '"t":9') : line)),
    'a row was taken out': (lines) => lines.filter((line) => !isRowOf('Patient/5')(line)),
    'a row was taken out with its link': (lines) => {
      const at = lines.findIndex(isRowOf('Patient/5'));
      return lines.toSpliced(at, 2);
    },
    'a row was put in': (lines) => {
      const at = lines.findIndex(isRowOf('Patient/5'));
      return lines.toSpliced(at, 0, lines[at]!);
    },
    'two batches changed places': (lines) => {
      const at = lines.findIndex(isRowOf('Patient/5'));
      return [
        ...lines.slice(0, at),
        ...lines.slice(at + 2, at + 4),
        ...lines.slice(at, at + 2),
        ...lines.slice(at + 4),
      ];
    },
    'the end was cut off': (lines) => [...lines.slice(0, -6), ''],
    'the end was cut off in the middle of a row': (lines) => [
      ...lines.slice(0, -7),
      lines.at(-7)!.slice(0, 20),
    ],
    'the signature was taken out with the end': (lines) => {
      const at = lines.findIndex((line) => line.includes('"j":"sign"'));
      return [...lines.slice(0, at), ''];
    },
    'the first line was taken out': (lines) => lines.slice(1),
    'something else was written in': (lines) => lines.toSpliced(3, 0, 'nonsense'),
  };
  for (const [what, edit] of Object.entries(tamperings)) {
    const isCut = what === 'the signature was taken out with the end';
    it(
      isCut ? `finds no fault, but unsigned rows, when ${what}` : `finds out that ${what}`,
      async () => {
        await change(edit);

        const { faults, unsigned } = await verify();

        if (isCut) expect({ faults, unsigned }).to.deep.equal({ faults: [], unsigned: 12 });
        else expect(faults).to.not.deep.equal([]);
      },
    );
  }

  it('names the rows that were changed, and only these', async () => {
    await change(tamperings['a row was changed']!);

    const { faults } = await verify();

    expect(faults).to.have.length(1);
    expect(faults[0]).to.include('rows 6 to 6');
  });

  it('finds out who makes all links anew, by the signature', async () => {
    await change((lines) => relink(tamperings['a row was changed']!(lines)));

    expect((await verify()).faults.join()).to.match(/what was signed up to row 12 is not/);
  });

  it('finds out who signs anew with a key of their own', async () => {
    const sign = createSign(newSigningKey());
    await change((lines) => {
      const forged = relink(tamperings['a row was changed']!(lines));
      const h = /"h":"([^"]+)"/.exec(forged.at(-4)!)![1]!;
      const at = lines.findIndex((line) => line.includes('"j":"sign"'));
      const line = JSON.parse(forged[at]!) as { n: number; t: number };
      const s = sign({ chain: '000001-00c0ffee', n: line.n, h, t: line.t });
      return relink(forged.with(at, JSON.stringify({ ...line, h, s })));
    });

    expect((await verify()).faults.join()).to.match(/is not by the key/);
  });

  it('finds out that a run of the server is missing', async () => {
    for (const chain of ['000002-00c0ffee', '000003-00c0ffee']) {
      const journal = desk.open({ chain, previous: await lastEnd() });
      await appendAll(journal, names);
      await journal.close();
    }
    expect((await verify()).faults).to.deep.equal([]);

    await rm(join(desk.folder, (await files())[1]!));

    const { faults } = await verify();
    expect(faults.join('\n')).to.match(/chain 000002-00c0ffee is missing/);
    expect(faults.join('\n')).to.match(
      /Chain 000002-00c0ffee was signed up to row 12, and its end is missing/,
    );
  });

  it('finds out that the last run is missing, by what the store remembers', async () => {
    const journal = desk.open({ chain: '000002-00c0ffee', previous: await lastEnd() });
    await appendAll(journal, names);
    await journal.close();

    await rm(join(desk.folder, (await files())[1]!));

    expect((await verify()).faults.join()).to.match(/000002-00c0ffee was signed up to row 12/);
  });

  it('goes over several files of a run, and finds out that one of them is missing', async () => {
    await rm(join(desk.folder, (await files())[0]!));
    desk.heads.length = 0;
    const journal = desk.open({ fileBytes: 600 });
    await appendAll(journal, names);
    await journal.close();
    const all = await files();
    expect(all.length).to.be.greaterThan(3);
    expect((await verify()).faults).to.deep.equal([]);

    await rename(join(desk.folder, all[2]!), join(desk.folder, 'elsewhere'));

    expect((await verify()).faults.join()).to.match(/files are missing/);
  });

  it('begins a new file each day', async () => {
    let now = Date.parse('2026-11-21T23:59:59Z');
    const journal = desk.open({
      chain: '000002-00c0ffee',
      previous: await lastEnd(),
      now: () => now,
    });
    await appendAll(journal, ['Patient/1']);
    now += 2000;
    await appendAll(journal, ['Patient/2']);
    await journal.close();

    expect(await files()).to.have.length(3);
    expect((await verify()).faults).to.deep.equal([]);
  });

  it('takes a file that was begun and not written to for what it is', async () => {
    await writeFile(join(desk.folder, '000001-00c0ffee-000002.jsonl'), '{"j":"file",');

    const { faults, notes } = await verify();

    expect(faults).to.deep.equal([]);
    expect(notes.join()).to.match(/nothing in it finished/);
  });

  it('takes an unfinished batch at the end of a run for what it is', async () => {
    await change((lines) => [...lines.slice(0, -1), '{"n":13,"t":1,"i":"read"}', '{"n":1']);

    const { faults, notes } = await verify();

    expect(faults).to.deep.equal([]);
    expect(notes.join()).to.match(/was not finished/);
  });
});

/** What somebody does who knows how it works: every link fits again. */
const relink = (lines: Lines): Lines => {
  let [h, bytes] = ['', ''];
  return lines.map((line) => {
    if (line === '') return line;
    const read = JSON.parse(line) as { readonly j?: string; readonly n: number };
    if (read.j !== 'link') {
      bytes += `${line}\n`;
      return line;
    }
    h = linkHash(h, Buffer.from(bytes));
    bytes = '';
    return JSON.stringify({ j: 'link', n: read.n, h });
  });
};
