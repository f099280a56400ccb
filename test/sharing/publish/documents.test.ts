// What an upload brings: bytes outside of the resources, their size and hash, submission sets, and each document once.

import { expect } from 'chai';
import type { Binary, Bundle, DocumentReference, List, Patient } from 'fhir/r4.js';
import type { Resource } from '#src/fhir/resource.ts';
import { bytesOf } from '#src/interactions/binary-bytes.ts';
import type { Scan } from '#src/sharing/publish/scan.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';
import {
  clinic,
  desk,
  documentOf,
  hashOf,
  laboratory,
  person,
  report,
  system,
} from './support/uploads.ts';

for (const engine of engines)
  describe(`documents uploaded by health ID on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let atLab: Send;
    let patient: Patient;
    let number: string;
    let scan: Scan;

    beforeEach(async () => {
      opened = await engine.open();
      scan = () => Promise.resolve({ kind: 'clean' });
      inside = openInside(opened.store, { enrolOnCreate: true, scan: (bytes) => scan(bytes) });
      atLab = inside.as(laboratory);
      const made = await inside.by('Organization/b')('POST', 'Patient', { body: person() });
      patient = made.json as Patient;
      number = patient.identifier![0]!.value!;
    });
    afterEach(() => opened.close());

    const post = (body: object, send = atLab) => send('POST', 'DocumentReference', { body });
    const attachmentOf = ({ json }: Answered) => (json as DocumentReference).content[0]!.attachment;
    const withAttachment = (changes: object, value = number): DocumentReference => {
      const document = documentOf(value);
      const attachment = { ...document.content[0]!.attachment, ...changes };
      return { ...document, content: [{ attachment }] };
    };
    const all = async (type: string): Promise<readonly string[]> =>
      (await inside.by()('GET', type)).keys;

    it('become a Binary whose bytes are outside of it, and are read by its address', async () => {
      const filed = await post(documentOf(number));
      const { url, data, size, hash, contentType } = attachmentOf(filed);
      const [stored] = await opened.store.resources.read([
        { type: 'Binary', id: url!.split('/')[1]! },
      ]);
      const read = await inside.by()('GET', url!);

      expect(data).to.equal(undefined);
      expect({ size, hash, contentType }).to.deep.equal({
        ...{ size: report.length, hash: hashOf(report), contentType: 'text/plain' },
      });
      expect(stored!.text).not.to.contain(report.toString('base64'));
      expect(bytesOf(JSON.parse(stored!.text) as Resource)).to.be.a('string');
      expect(read.status).to.equal(200);
    });

    it('get the size and hash that the sender left out', async () => {
      const filed = await post(withAttachment({ size: undefined, hash: undefined }));

      expect(attachmentOf(filed)).to.include({ size: report.length, hash: hashOf(report) });
    });

    const wrong: Readonly<Record<string, { changes: object; path: string }>> = {
      'a size that is not theirs': { changes: { size: 3 }, path: 'size' },
      'a hash that is not theirs': { changes: { hash: hashOf(Buffer.from('x')) }, path: 'hash' },
      'a hash in hexadecimal': {
        changes: { hash: Buffer.from(hashOf(report), 'base64').toString('hex') },
        path: 'hash',
      },
      'no base64': { changes: { data: 'a§b=' }, path: 'data' },
      'base64 that is cut off': { changes: { data: 'SGVsb' }, path: 'data' },
    };
    for (const [what, { changes, path }] of Object.entries(wrong))
      it(`are refused with ${what}, naming the element`, async () => {
        const { status, json } = await post(withAttachment(changes));
        const { issue } = json as { issue: { expression: string[] }[] };

        expect(status).to.equal(422);
        expect(issue[0]!.expression).to.deep.equal([
          `DocumentReference.content[0].attachment.${path}`,
        ]);
        for (const type of ['Binary', 'DocumentReference', 'Task'])
          expect(await all(type)).to.deep.equal([]);
      });

    it('are listed in a submission set', async () => {
      const filed = await post(documentOf(number));
      const [key] = await all('List');
      const list = (await inside.by()('GET', key!)).json as List;

      expect(list.code!.coding![0]!.code).to.equal('submissionset');
      expect(list.subject!.reference).to.equal(`Patient/${patient.id!}`);
      expect(list.entry![0]!.item.reference).to.equal(
        `DocumentReference/${(filed.json as DocumentReference).id!}`,
      );
      expect(list.identifier).to.have.length(2);
    });

    it('name a Binary that the organization brought in before, measured too', async () => {
      const binary = await inside.by('Organization/a')('POST', 'Binary', {
        body: { resourceType: 'Binary', contentType: 'text/plain', data: 'SGVsbG8=' },
      });
      const url = `Binary/${(binary.json as Binary).id!}`;

      const filed = await post(
        withAttachment({ data: undefined, size: undefined, hash: undefined, url }),
      );

      expect(filed.status).to.equal(201);
      expect(attachmentOf(filed).url).to.equal(url);
    });

    it('cannot name a Binary of others, whoever has the number', async () => {
      const binary = await inside.by('Organization/b')('POST', 'Binary', {
        body: { resourceType: 'Binary', contentType: 'text/plain', data: 'SGVsbG8=' },
      });
      const url = `Binary/${(binary.json as Binary).id!}`;
      const changes = { data: undefined, size: undefined, hash: undefined };

      const hidden = await post(withAttachment({ ...changes, url }));
      const absent = await post(withAttachment({ ...changes, url: 'Binary/absent' }));

      expect(hidden.status).to.equal(403);
      expect(absent.status).to.equal(403);
    });

    describe('sent again', () => {
      it('are those there are, with no second copy', async () => {
        const first = await post(documentOf(number));

        const second = await post(documentOf(number, { birthDate: '1980-03-04' }));

        expect(second.status).to.equal(200);
        expect((second.json as DocumentReference).id).to.equal(
          (first.json as DocumentReference).id,
        );
        for (const type of ['DocumentReference', 'Binary', 'List'])
          expect(await all(type), type).to.have.length(1);
      });

      it('at the same moment are filed once', async () => {
        const answers = await Promise.all(
          Array.from({ length: 4 }, () => post(documentOf(number))),
        );

        expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 200, 200, 201]);
        expect(await all('DocumentReference')).to.have.length(1);
      });

      it('beside other bytes are another document', async () => {
        const [one] = documentOf(number).content;
        const [other] = documentOf(number, undefined, Buffer.from('and a picture')).content;
        await post({ ...documentOf(number), content: [one, other] });

        const alone = await post(documentOf(number));
        const again = await post({ ...documentOf(number), content: [one, other] });

        expect(alone.status, alone.text).to.equal(201);
        expect(again.status).to.equal(200);
        expect(await all('DocumentReference')).to.have.length(2);
      });

      it('by another organization are filed for that one as well', async () => {
        await post(documentOf(number));

        const second = await post(documentOf(number), inside.as(clinic));

        expect(second.status).to.equal(201);
        expect(await all('DocumentReference')).to.have.length(2);
      });

      it('after a mistake was marked as such are filed', async () => {
        const first = await post(documentOf(number));
        const { id } = first.json as DocumentReference;
        await inside.by('Organization/a')('PUT', `DocumentReference/${id!}`, {
          body: { ...(first.json as DocumentReference), status: 'entered-in-error' },
        });

        expect((await post(documentOf(number))).status).to.equal(201);
      });

      it('tell a front desk no more than that they are there', async () => {
        await post(documentOf(number));

        const second = await post(documentOf(number), inside.as(desk));

        expect(second).to.include({ status: 200, text: '' });
        expect(second.headers['location']).to.match(/DocumentReference\//);
      });

      it('tell the patient once', async () => {
        await post(documentOf(number));
        await post(documentOf(number));

        expect(await all('Communication')).to.have.length(1);
      });

      it('under the same masterIdentifier with other content are refused', async () => {
        const masterIdentifier = { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.3' };
        await post({ ...documentOf(number), masterIdentifier });
        const other = documentOf(number, undefined, Buffer.from('something else'));

        const { status, text } = await post({ ...other, masterIdentifier });

        expect(status).to.equal(422);
        expect(text).to.contain('XDSDuplicateUniqueIdInRegistry');
        expect(await all('DocumentReference')).to.have.length(1);
      });
    });

    describe('that replace others', () => {
      const replacing = (target: string, value = number) => ({
        ...documentOf(value, undefined, Buffer.from('corrected')),
        relatesTo: [{ code: 'replaces', target: { reference: target } }],
      });

      it('make them superseded', async () => {
        const old = (await post(documentOf(number))).json as DocumentReference;

        const { status } = await post(replacing(`DocumentReference/${old.id!}`));
        const { json } = await inside.by()('GET', `DocumentReference/${old.id!}`);

        expect(status).to.equal(201);
        expect((json as DocumentReference).status).to.equal('superseded');
      });

      it('are refused when the other one is of another patient, of others, or absent', async () => {
        const stranger = person({
          ...{ name: [{ family: 'Rao', given: ['Anil'] }], birthDate: '1950-01-01' },
          telecom: [{ system: 'phone', value: '+44 20 7946 0999' }],
        });
        const made = await inside.by('Organization/b')('POST', 'Patient', { body: stranger });
        const other = (made.json as Patient).identifier![0]!.value!;
        const said = { name: [{ family: 'Rao' }] };
        const theirs = (await post(documentOf(other, said))).json as DocumentReference;
        const elsewhere = (await post(documentOf(number), inside.as(clinic)))
          .json as DocumentReference;

        for (const id of [theirs.id!, elsewhere.id!, 'absent']) {
          const { status, text } = await post(replacing(`DocumentReference/${id}`));

          expect(status).to.equal(422);
          expect(text).to.contain('XDSReplaceFailed');
        }
        expect(await all('DocumentReference')).to.have.length(2);
      });
    });

    describe('that are scanned', () => {
      it('are refused when they are infected, and nothing is stored', async () => {
        scan = () => Promise.resolve({ kind: 'infected', name: 'Eicar' });

        const { status, text } = await post(documentOf(number));

        expect(status).to.equal(422);
        expect(text).to.contain('Eicar');
        for (const type of ['Binary', 'DocumentReference', 'Task'])
          expect(await all(type)).to.deep.equal([]);
      });

      it('wait for a scanner that cannot be asked: 503, and nothing is stored', async () => {
        scan = () => Promise.reject(new Error('refused'));

        const { status, headers } = await post(documentOf(number));

        expect(status).to.equal(503);
        expect(headers).to.have.property('retry-after');
        for (const type of ['Binary', 'DocumentReference', 'Task'])
          expect(await all(type)).to.deep.equal([]);
      });

      it('are scanned as the bytes they are', async () => {
        const seen: Buffer[] = [];
        scan = async (bytes) => {
          for await (const chunk of bytes) seen.push(Buffer.from(chunk));
          return { kind: 'clean' };
        };

        await post(documentOf(number));

        expect(Buffer.concat(seen).equals(report)).to.equal(true);
      });
    });

    it('leave no bytes behind when they are not filed', async () => {
      const ids: string[] = [];
      const { bytes } = opened.store;
      const stage = bytes.stage.bind(bytes);
      Object.assign(bytes, {
        stage: async (content: AsyncIterable<Uint8Array>) => {
          const staged = await stage(content);
          ids.push(staged.id);
          return staged;
        },
      });

      await post({ ...documentOf(number), status: 'nonsense' });

      expect(ids).to.have.length(1);
      expect(await bytes.describe(ids[0]!)).to.equal(undefined);
    });

    it('are found by their patient, and by number, as ITI-67 asks', async () => {
      await post(documentOf(number));
      const found = async (query: string): Promise<number> => {
        const { json } = await inside.by()('GET', `DocumentReference?${query}`);
        return (json as Bundle).entry?.length ?? 0;
      };

      expect(await found(`patient=Patient/${patient.id!}&status=current`)).to.equal(1);
      expect(await found(`patient.identifier=${system}|${number}&status=current`)).to.equal(1);
      expect(await found(`subject:identifier=${system}|${number}`)).to.equal(1);
    });
  });
