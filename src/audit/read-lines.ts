// Read lines: the bytes of a file, line by line, as they stand.

import { createReadStream } from 'node:fs';

/** Each with its line feed; the last may have none, when it was not finished. */
export async function* readLines(path: string): AsyncIterable<Buffer> {
  let rest: Buffer[] = [];
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    let at = 0;
    for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, at)) {
      const line = part.subarray(at, end + 1);
      yield rest.length > 0 ? Buffer.concat([...rest, line]) : line;
      rest = [];
      at = end + 1;
    }
    if (at < part.length) rest.push(part.subarray(at));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
