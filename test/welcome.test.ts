// Welcome: what a start prints, so that whoever started it knows where to go, and as whom.

import { expect } from 'chai';
import { demonstrationSignIns } from '#src/administration/demonstration.ts';
import { readConfig } from '#src/platform/config.ts';
import { welcome } from '#src/welcome.ts';

const config = readConfig({ PUBLIC_URL: 'https://records.example' });

describe('welcome', () => {
  it('says where each app is', () => {
    for (const app of ['portal', 'clinician', 'desk'])
      expect(welcome(config, [])).to.contain(`https://records.example/apps/${app}/`);
  });

  it('says of each user of the demonstration which app is theirs', async () => {
    const text = welcome(config, await demonstrationSignIns());
    const [, ...parts] = text.split(/\n(?=Meridian \w+,|The account pages)/);
    const usersOf = (title: string) => parts.find((part) => part.startsWith(title)) ?? '';

    expect(usersOf('Meridian Portal')).to.contain('priya').and.contain('ruma');
    expect(usersOf('Meridian Clinician')).to.contain('deshpande').and.not.contain('kulkarni');
    expect(usersOf('Meridian Desk')).to.contain('kulkarni').and.not.contain('priya');
    expect(usersOf('The account pages')).to.contain('root');
  });

  it('names no user without a demonstration', () => {
    expect(welcome(config, [])).not.to.contain('password');
  });
});
