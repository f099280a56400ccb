// The program that uploads reports by health ID, against a server behind a gate that loses and refuses.

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkDigitOf } from '#src/health-id/number.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { openSite, type Site } from './support/site.ts';

/** A number that nobody has, but that could be. */
const uhidOf = (digits: string): string => `${digits}${checkDigitOf(digits)}`;
const uhid = uhidOf('1234567890123');
const person = ['--uhid', uhid, '--birth-date', '1980-02-03'];
const megabyte = 1024 * 1024;

describe('cli/upload', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite();
  });
  afterEach(() => site.close());

  const resources = async (type: string): Promise<readonly Resource[]> => {
    const { store } = site.server.context;
    const window = { sort: [], size: 100 };
    const { items } = await store.resources.search({ op: 'type', types: [type] }, window);
    return items.map(({ text }) => JSON.parse(text) as Resource);
  };
  const bytesOf = async (type: string): Promise<Buffer> => {
    const { store } = site.server.context;
    const { items } = await store.resources.search(
      { op: 'type', types: [type] },
      { sort: [], size: 1 },
    );
    const id = /"valueString":"([0-9a-f]{32})"/.exec(items[0]?.text ?? '')?.[1] ?? '';
    return Buffer.concat(await Array.fromAsync(store.bytes.open(id)));
  };
  /** The server's part of filing is proved where it lives; here it says what it says. */
  const answerDocuments = (status: number, issue?: string) => {
    const body =
      issue === undefined
        ? ''
        : JSON.stringify({
            resourceType: 'OperationOutcome',
            issue: [{ severity: 'error', code: 'invalid', diagnostics: issue }],
          });
    const location = 'http://host/fhir/DocumentReference/d1/_history/1';
    site.gate = ({ url, method }) =>
      url?.endsWith('/DocumentReference') && method === 'POST'
        ? { status, body, headers: { location } }
        : undefined;
  };
  const count = (what: string): number => site.asked.filter((each) => each === what).length;

  it('brings the bytes in whole', async () => {
    answerDocuments(201);
    const bytes = randomBytes(20 * megabyte);
    const file = await site.file('scan.dcm', bytes);
    const { code, shown } = await site.meridian(['upload', ...person, file]);

    expect(code, shown).to.equal(0);
    expect((await bytesOf('Binary')).equals(bytes)).to.equal(true);
    expect(count('PATCH Binary/_upload')).to.equal(3);
    expect((await resources('Binary'))[0]).to.include({ contentType: 'application/dicom' });
  });

  it('says whose it is and what it is, as IHE MHD has it', async () => {
    let sent = '';
    site.gate = ({ url }) => (url?.endsWith('/DocumentReference') ? { status: 201 } : undefined);
    site.heard = (url, text) => {
      if (url.endsWith('/DocumentReference')) sent = text;
    };
    const file = await site.file('blood.pdf', 'blood');
    await site.meridian([
      ...['upload', ...person, '--family', 'Sharma', '--type', '11502-2', '--title', 'Blood', file],
    ]);
    const document = JSON.parse(sent) as Record<string, unknown>;

    expect(document).to.deep.include({
      resourceType: 'DocumentReference',
      status: 'current',
      subject: { identifier: { system: 'https://meridian.example/uhid', value: uhid } },
      type: { coding: [{ system: 'http://loinc.org', code: '11502-2' }] },
      context: { sourcePatientInfo: { reference: '#patient' } },
      description: 'Blood',
    });
    expect(document['contained']).to.deep.equal([
      {
        ...{ resourceType: 'Patient', id: 'patient' },
        ...{ name: [{ family: 'Sharma' }], birthDate: '1980-02-03' },
      },
    ]);
    const [{ attachment }] = document['content'] as [{ attachment: Record<string, unknown> }];
    expect(attachment).to.include({ contentType: 'application/pdf', size: 5, title: 'Blood' });
    expect(attachment['url']).to.match(/^Binary\/./);
    const sha1 = createHash('sha1').update('blood').digest('base64');
    expect(attachment['hash']).to.equal(sha1);
  });

  for (const [status, outcome, code] of [
    [201, 'filed', 0],
    [202, 'held', 0],
    [200, 'duplicate', 0],
    [422, 'refused', 1],
    [403, 'refused', 1],
  ] as const)
    it(`calls a file ${outcome} at ${String(status)}, and ends with ${String(code)}`, async () => {
      answerDocuments(status, 'Because of this.');
      const file = await site.file('a.pdf', 'a');
      const ran = await site.meridian(['upload', ...person, file]);

      expect(ran.code).to.equal(code);
      expect(ran.printed).to.match(new RegExp(`^${outcome} `));
      expect(ran.printed).to.contain(`1 ${outcome}`);
      if (code === 1) expect(ran.printed).to.contain('Because of this.');
    });

  it('goes on after cut connections where they broke, in the same run', async () => {
    answerDocuments(201);
    const documents = site.gate!;
    let cuts = 0;
    site.gate = (asked) => {
      if (asked.method === 'PATCH' && cuts < 2) {
        cuts += 1;
        return { cutAfter: 3 * megabyte };
      }
      return documents(asked);
    };
    const bytes = randomBytes(10 * megabyte);
    const file = await site.file('scan.dcm', bytes);
    const ran = await site.meridian(['upload', ...person, file]);

    expect(ran.code, ran.shown + ran.printed).to.equal(0);
    expect(count('POST Binary')).to.equal(1);
    expect((await bytesOf('Binary')).equals(bytes)).to.equal(true);
  });

  it('uploads nothing twice when the last answer was lost', async () => {
    answerDocuments(201);
    const documents = site.gate!;
    let isLost = false;
    site.gate = (asked) => {
      if (asked.method === 'PATCH' && !isLost) {
        isLost = true;
        return 'lose answer';
      }
      return documents(asked);
    };
    const file = await site.file('a.pdf', 'a');
    const ran = await site.meridian(['upload', ...person, file]);

    expect(ran.code, ran.shown + ran.printed).to.equal(0);
    expect(await resources('Binary')).to.have.length(1);
  });

  it('waits as long as it is told when the server has had enough', async () => {
    answerDocuments(201);
    const documents = site.gate!;
    let refused = 0;
    site.gate = (asked) => {
      if (asked.method === 'POST' && asked.url?.endsWith('/Binary') && refused < 2) {
        refused += 1;
        return { status: refused === 1 ? 429 : 503, headers: { 'retry-after': '7' } };
      }
      return documents(asked);
    };
    const file = await site.file('a.pdf', 'a');
    const ran = await site.meridian(['upload', ...person, file]);

    expect(ran.code, ran.shown + ran.printed).to.equal(0);
    expect(ran.waited).to.deep.equal([7, 7]);
  });

  it('gives a file up as failed when the server stays away, and ends with 1', async () => {
    site.gate = ({ url }) => (url?.endsWith('/Binary') ? { status: 503 } : undefined);
    const file = await site.file('a.pdf', 'a');
    const ran = await site.meridian(['upload', ...person, file]);

    expect(ran.code).to.equal(1);
    expect(ran.printed).to.contain('failed').and.to.contain('503');
    expect(ran.waited).to.have.length(7);
  });

  it('goes on in a second run where the first was stopped, and does nothing twice', async () => {
    answerDocuments(201);
    const documents = site.gate!;
    const stopping = new AbortController();
    let parts = 0;
    site.gate = (asked) => {
      if (asked.method === 'PATCH' && (parts += 1) === 2) stopping.abort();
      return documents(asked);
    };
    const bytes = randomBytes(20 * megabyte);
    await site.file('one.pdf', 'one');
    await site.file('two.dcm', bytes);
    const list = await site.file(
      'list.csv',
      `file,uhid,birthDate\none.pdf,${uhid},1980-02-03\ntwo.dcm,${uhid},1980-02-03\n`,
    );
    const words = ['upload', '--csv', list, '--parallel', '1'];
    const first = await site.meridian(words, { signal: stopping.signal });
    site.gate = documents;
    const second = await site.meridian(words);
    const third = await site.meridian(words);

    expect(first.code).to.equal(130);
    expect(first.shown).to.contain('goes on where this one ended');
    expect(second.code, second.shown + second.printed).to.equal(0);
    expect(second.printed).to.contain('2 filed').and.to.contain('by an earlier run');
    expect(third.printed).to.contain('2 filed');
    expect(count('POST Binary')).to.equal(2);
    expect(count('POST DocumentReference')).to.equal(2);
    expect(await resources('Binary')).to.have.length(2);
  });

  it('begins anew when the upload of an earlier run is over', async () => {
    const file = await site.file('a.pdf', 'a');
    const { records } = site.server.context.store;
    site.gate = ({ method }) => (method === 'PATCH' ? { status: 503 } : undefined);
    await site.meridian(['upload', ...person, file]);
    for (const id of site.uploads) await records.take('upload', id);
    answerDocuments(201);
    const ran = await site.meridian(['upload', ...person, file]);

    expect(ran.code, ran.printed).to.equal(0);
    expect(count('POST Binary')).to.equal(2);
    expect(await resources('Binary')).to.have.length(1);
  });

  it('keeps no health ID, name or key in its state, for nobody else to read', async () => {
    answerDocuments(201);
    await site.file('secret-name.pdf', 'x');
    const list = await site.file('list.csv', `file;uhid;family\nsecret-name.pdf;${uhid};Sharma\n`);
    await site.meridian(['upload', '--csv', list]);
    const state = await readFile(`${list}.meridian.jsonl`, 'utf8');

    expect(state).to.contain('"outcome":"filed"');
    for (const secret of [uhid, 'Sharma', 'secret-name']) expect(state).not.to.contain(secret);
    expect((await stat(`${list}.meridian.jsonl`)).mode & 0o077).to.equal(0);
  });

  it('reads a state whose last line was not written to its end', async () => {
    answerDocuments(201);
    const file = await site.file('a.pdf', 'a');
    const words = ['upload', ...person, '--state', join(site.folder, 's.jsonl'), file];
    await site.meridian(words);
    const { size } = await stat(join(site.folder, 's.jsonl'));
    await truncate(join(site.folder, 's.jsonl'), size - 10);
    const again = await site.meridian(words);
    const after = await site.meridian(words);

    expect(again.code, again.printed).to.equal(0);
    expect(count('POST Binary')).to.equal(1);
    expect(after.printed).to.contain('by an earlier run');
  });

  it('takes a folder for the files in it', async () => {
    answerDocuments(201);
    await mkdir(join(site.folder, 'scans', 'deep'), { recursive: true });
    for (const name of ['scans/a.pdf', 'scans/deep/b.png', 'scans/.hidden'])
      await site.file(name, name);
    const ran = await site.meridian(['upload', ...person, join(site.folder, 'scans')]);

    expect(ran.printed).to.contain('a.pdf').and.to.contain('b.png').and.to.contain('2 filed');
  });

  it('refuses what is wrong in a list line by line, and sends the others', async () => {
    answerDocuments(201);
    await site.file('a.pdf', 'a');
    const wrong = uhid.slice(0, 13) + String((Number(uhid[13]) + 1) % 10);
    const list = await site.file(
      'list.csv',
      [
        '\ufeffFile,UHID,Birth date,Family,Title',
        `a.pdf,${uhid},1980-02-03,,"Blood, and more"`,
        `a.pdf,${wrong},1980-02-03,,`,
        `a.pdf,${uhid},,,`,
        `a.pdf,${uhid},1980-02-31,,`,
        `none.pdf,${uhid},1980-02-03,,`,
      ].join('\r\n'),
    );
    const ran = await site.meridian(['upload', '--csv', list]);

    expect(ran.code).to.equal(1);
    expect(ran.printed).to.contain('check digit').and.to.contain('Birth date or family name');
    expect(ran.printed).to.contain('1980-02-31').and.to.contain('no such file');
    expect(ran.printed).to.contain('1 filed, 4 refused');
  });

  it('sends nothing in a dry run, and needs no key for it', async () => {
    const file = await site.file('a.pdf', 'a');
    const env = { MERIDIAN_KEY: '', MERIDIAN_SERVER: '' };
    const ran = await site.meridian(['upload', '--dry-run', ...person, file], { env });

    expect(ran.code).to.equal(0);
    expect(ran.printed).to.contain('dry run');
    expect(site.asked).to.deep.equal([]);
  });

  it('asks for a token once for many files, and again when it is taken back', async () => {
    answerDocuments(201);
    const documents = site.gate!;
    let refused = 0;
    site.gate = (asked) =>
      asked.method === 'POST' && asked.url?.endsWith('/Binary') && (refused += 1) === 3
        ? { status: 401 }
        : documents(asked);
    const names = ['a.pdf', 'b.pdf', 'c.pdf'];
    const files = await Promise.all(names.map((name) => site.file(name, name)));
    const ran = await site.meridian(['upload', ...person, '--parallel', '1', ...files]);

    expect(ran.code, ran.printed).to.equal(0);
    expect(count('POST token')).to.equal(2);
  });
});
