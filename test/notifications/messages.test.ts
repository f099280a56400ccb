// Messages leave by SMTP and Twilio's REST API when these are set up, and lie in the outbox when not; no log tells secrets.

import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { pino } from 'pino';
import { createMail } from '#src/notifications/mail.ts';
import { createOutbox } from '#src/notifications/outbox.ts';
import { createSms } from '#src/notifications/sms.ts';
import { startSmtpServer } from './smtp-server.ts';

const secret = 'https://meridian.test/oauth/reset?token=very-secret';
const letter = { to: 'ada@example.org', subject: 'Grüße', text: `Follow ${secret}` };

describe('messages', () => {
  let folder: string;
  let logged: string;
  const log = pino(
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        logged += chunk.toString();
        done();
      },
    }),
  );
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-outbox-'));
    logged = '';
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const outbox = () => createOutbox(join(folder, 'outbox'), log);

  it('are kept in files of our own when nothing is set up, and the log does not repeat them', async () => {
    const mail = createMail({ smtpUrl: undefined, from: 'm@x', outbox: outbox(), log });
    const sms = createSms({ twilio: undefined, outbox: outbox(), log });

    await mail(letter);
    await sms({ to: '+15550100', text: '12345678 is your code' });

    const files = (await readdir(join(folder, 'outbox'))).map((name) =>
      join(folder, 'outbox', name),
    );
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(texts.join()).to.include(secret).and.include('12345678');
    expect((await stat(files[0]!)).mode & 0o077).to.equal(0);
    expect(logged).to.include('a…@example.org').and.include('…00');
    expect(logged).not.to.match(/very-secret|12345678|ada@|5550/);
  });

  it('leave by SMTP when an address of a server is set', async () => {
    const server = await startSmtpServer();
    const mail = createMail({
      ...{ smtpUrl: server.url, from: 'Meridian <no-reply@meridian.test>', outbox: outbox(), log },
    });

    await mail(letter);
    await server.close();

    const [received = ''] = server.letters;
    expect(received).to.include('From: Meridian <no-reply@meridian.test>');
    expect(received).to.include('To: ada@example.org');
    expect(received.replaceAll('=3D', '=').replaceAll('=\n', '')).to.include(secret);
    expect(logged).not.to.match(/very-secret|secret-of-smtp|ada@/);
  });

  it('cannot be given further recipients by what stands in an address', async () => {
    const server = await startSmtpServer();
    const mail = createMail({
      smtpUrl: server.url,
      from: 'm@meridian.test',
      outbox: outbox(),
      log,
    });

    await mail({ ...letter, subject: 'x\r\nBcc: eve@example.org' });
    await server.close();

    expect(server.letters[0]).not.to.match(/^Bcc:/m);
  });

  it('are refused aloud when the server cannot be reached, without its password', async () => {
    const smtpUrl = 'smtp://user:secret-of-smtp@127.0.0.1:9';
    const mail = createMail({ smtpUrl, from: 'm@meridian.test', outbox: outbox(), log });

    const error = await mail(letter).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );

    expect(error).to.be.an('error');
    expect(`${error?.message} ${error?.stack}`).not.to.include('secret-of-smtp');
  });

  for (const [from, parameter] of [
    ['+15550199', 'From'],
    [`MG${'0'.repeat(32)}`, 'MessagingServiceSid'],
  ] as const)
    it(`leave by Twilio as its documentation says, with ${parameter}`, async () => {
      const twilio = await startTwilio();
      const accountSid = `AC${'a'.repeat(32)}`;
      const sms = createSms({
        twilio: { accountSid, authToken: 'token-of-twilio', from, url: twilio.url },
        ...{ outbox: outbox(), log },
      });

      await sms({ to: '+15550100', text: '12345678 is your code' });
      await twilio.close();

      const [request] = twilio.requests;
      const basic = Buffer.from(`${accountSid}:token-of-twilio`).toString('base64');
      expect(request?.path).to.equal(`/2010-04-01/Accounts/${accountSid}/Messages.json`);
      expect(request?.headers.authorization).to.equal(`Basic ${basic}`);
      expect(Object.fromEntries(new URLSearchParams(request?.body))).to.deep.equal({
        ...{ To: '+15550100', Body: '12345678 is your code', [parameter]: from },
      });
      expect(logged).not.to.match(/12345678|token-of-twilio|5550/);
    });

  it('are refused aloud when Twilio refuses them', async () => {
    const twilio = await startTwilio(400);
    const sms = createSms({
      twilio: { accountSid: `AC${'a'.repeat(32)}`, authToken: 't', from: '+1', url: twilio.url },
      ...{ outbox: outbox(), log },
    });

    const error = await sms({ to: 'nonsense', text: 'x' }).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    await twilio.close();

    expect(error?.message).to.include("The 'To' number is not a valid phone number");
  });
});

interface Asked {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const startTwilio = async (status: 201 | 400 = 201) => {
  const requests: Asked[] = [];
  const message = { sid: `SM${'0'.repeat(32)}`, status: 'queued' };
  const fault = {
    ...{ code: 21211, status: 400, message: "The 'To' number is not a valid phone number." },
    more_info: 'https://www.twilio.com/docs/errors/21211',
  };
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      requests.push({ path: req.url, headers: req.headers, body });
      res.writeHead(status, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify(status === 201 ? message : fault));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    requests,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
