// An SMTP server that takes every letter and shows it: the commands of RFC 5321, one connection at a time.

import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface SmtpServer {
  readonly url: string;
  readonly letters: readonly string[];
  close(): Promise<void>;
}

/** Answers to the first word of a line. */
const answers: Readonly<Record<string, string>> = {
  EHLO: '250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  RSET: '250 ok',
  QUIT: '221 bye',
};

export const startSmtpServer = async (): Promise<SmtpServer> => {
  const letters: string[] = [];
  const server = createServer((socket) => {
    converse(socket, letters);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    letters,
    url: `smtp://user:secret-of-smtp@127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
};

const converse = (socket: Socket, letters: string[]): void => {
  let rest = '';
  let letter: string[] | undefined;
  const say = (text: string): void => {
    socket.write(`${text}\r\n`);
  };
  const takeLine = (line: string): void => {
    if (letter === undefined) {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'DATA') letter = [];
      say(answers[word] ?? '500 what?');
    } else if (line === '.') {
      letters.push(letter.join('\n'));
      letter = undefined;
      say('250 taken');
    } else letter.push(line);
  };
  say('220 test');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\r\n');
    rest = lines.pop() ?? '';
    lines.forEach(takeLine);
  });
};
