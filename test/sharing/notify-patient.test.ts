// notify-patient: what a patient is told stands in the record, and the message says only that there is something.

import { expect } from 'chai';
import type { Communication } from 'fhir/r4.js';
import type { Message } from '#src/access/contact.ts';
import { createNotifyPatient, type Notice } from '#src/sharing/notify-patient.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { openInside } from '#test/support/rights.ts';
import { patientCaller, person } from './support/inside.ts';

const notice: Notice = {
  kind: 'report-filed',
  about: 'DiagnosticReport/1',
  text: 'A report about HIV was filed by Lakeside.',
};

describe('sharing/notify-patient', () => {
  const open = async (changes: object = {}) => {
    const sent: Message[] = [];
    const inside = openInside(openMemoryStore());
    const { json } = await inside.by('Organization/a')('POST', 'Patient', {
      body: { ...person(), ...changes },
    });
    const { id } = json as { readonly id: string };
    const notify = createNotifyPatient({
      context: () => inside.context,
      sendToPatient: (_, message) => sent.push(message),
    });
    return { id, inside, notify, sent };
  };

  it('puts it into the record of the patient, who keeps it', async () => {
    const { id, inside, notify } = await open();

    await notify(id, notice);

    const { json } = await inside.as(patientCaller(id))('GET', 'Communication');
    const { entry } = json as { readonly entry: readonly { resource: Communication }[] };
    const { category, payload, about } = entry[0]!.resource;
    expect(category![0]!.coding![0]!.code).to.equal('report-filed');
    expect(payload![0]!.contentString).to.equal(notice.text);
    expect(about).to.deep.equal([{ reference: notice.about }]);
    const kept = await inside.by()('GET', 'Communication');
    const [key] = kept.keys;
    const [version] = await inside.context.store.resources.read([
      { type: 'Communication', id: key!.replace('Communication/', '') },
    ]);
    expect(version!.custodian).to.equal(`Patient/${id}`);
  });

  it('sends a message without what it is about', async () => {
    const { id, notify, sent } = await open();

    await notify(id, notice);

    expect(sent).to.have.length(1);
    expect(JSON.stringify(sent)).not.to.match(/HIV|Lakeside|report/i);
  });

  it('sends nothing where there is no Patient any more', async () => {
    const { id, inside, notify, sent } = await open();
    await inside.by()('DELETE', `Patient/${id}`);

    await notify(id, notice);

    expect(sent).to.deep.equal([]);
  });
});
