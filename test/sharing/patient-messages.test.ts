// patient-messages: by which way a message goes to a patient.

import { expect } from 'chai';
import { createPatientMessages } from '#src/sharing/patient-messages.ts';

const news = { subject: 'News', text: 'There is something new.' };
const patient = (...telecom: readonly object[]): string =>
  JSON.stringify({ resourceType: 'Patient', telecom });
const mail = { system: 'email', value: 'lakshmi@example.org' };
const phone = { system: 'phone', value: '+919845012345' };

/** What left for a patient, and what failed. */
const leaving = async (text: string, isDown = false) => {
  const left: unknown[] = [];
  const failures: unknown[] = [];
  const { send: tell, settled } = createPatientMessages({
    deliver: ({ kind, to }, message) => {
      if (isDown) return Promise.reject(new Error('down'));
      left.push([kind, to, message]);
      return Promise.resolve();
    },
    failed: (error) => failures.push(error),
  });
  tell(text, news);
  const leftAtOnce = left.length;
  await settled();
  return { left, failures, leftAtOnce };
};

describe('sharing/patient-messages', () => {
  it('writes to the contact the patient likes best', async () => {
    const { left } = await leaving(patient(phone, { ...mail, rank: 1 }));

    expect(left).to.deep.equal([['mail', mail.value, news]]);
  });

  it('writes to no contact that was given up', async () => {
    const { left } = await leaving(patient({ ...mail, use: 'old' }, phone));

    expect(left).to.deep.equal([['sms', phone.value, news]]);
  });

  it('sends nothing to who has no contact', async () => {
    const { left, failures } = await leaving('{"resourceType":"Patient"}');

    expect([left, failures]).to.deep.equal([[], []]);
  });

  it('lets nobody wait for a message', async () => {
    expect((await leaving(patient(mail))).leftAtOnce).to.equal(0);
  });

  it('takes note of what could not be sent, and goes on', async () => {
    const { failures } = await leaving(patient(mail), true);

    expect(failures.map(String)).to.deep.equal(['Error: down']);
  });
});
