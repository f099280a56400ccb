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
  const send = (way: string) => (message: object) => {
    if (isDown) return Promise.reject(new Error('down'));
    left.push([way, message]);
    return Promise.resolve();
  };
  const { send: tell, settled } = createPatientMessages({
    messages: { mail: send('mail'), sms: send('sms') },
    failed: (error) => failures.push(error),
  });
  tell(text, news);
  const leftAtOnce = left.length;
  await settled();
  return { left, failures, leftAtOnce };
};

describe('sharing/patient-messages', () => {
  it('writes a letter where there is an address', async () => {
    const { left } = await leaving(patient(phone, mail));

    expect(left).to.deep.equal([['mail', { to: mail.value, ...news }]]);
  });

  it('sends a text message where there is none', async () => {
    const { left } = await leaving(patient({ ...mail, use: 'old' }, phone));

    expect(left).to.deep.equal([['sms', { to: phone.value, text: news.text }]]);
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
