// AppCard: an app, who makes it, what it may do, and the ways to open it.

import { useState } from 'react';
import { Anchor, Button, Group, List, Paper, Text, Title } from '@mantine/core';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import type { FramedApp } from './AppFrame.tsx';
import { mayBeFramed, type LaunchableApp } from './apps.ts';
import { askedBy, type Right } from './scopes.ts';
import { useOpening, type Whom } from './useOpening.ts';

export interface AppCardProps extends Whom {
  readonly app: LaunchableApp;
  readonly show: (framed: FramedApp) => void;
}

export const AppCard = ({ app, show, ...whom }: AppCardProps) => {
  const { t } = useTranslation('gallery');
  const [blocked, setBlocked] = useState<string>();
  const { openTab, openFrame, opening } = useOpening(app, whom);
  const { name, origin, site } = app;
  return (
    <Paper withBorder p="md" component="article" aria-label={name}>
      <Title order={2} size="h5">
        {name}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {origin}
        {site === undefined ? null : (
          <>
            {' · '}
            <Anchor href={site} target="_blank" rel="noreferrer" size="sm">
              {t('site')}
            </Anchor>
          </>
        )}
      </Text>
      <Rights app={app} />
      <Group mt="sm">
        <Button
          loading={opening.isPending}
          aria-label={t('openTabOf', { name })}
          onClick={() => openTab(setBlocked)}
        >
          {t('openTab')}
        </Button>
        {mayBeFramed(origin, globalThis.location.origin) ? (
          <Button
            variant="default"
            loading={opening.isPending}
            aria-label={t('openFrameOf', { name })}
            onClick={() => openFrame((address) => show({ app, address }))}
          >
            {t('openFrame')}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {t('tabOnly')}
          </Text>
        )}
      </Group>
      <div role="status">
        {blocked === undefined ? null : (
          <Text size="sm" mt="xs">
            {t('blocked')}{' '}
            <Anchor href={blocked} target="_blank" rel="noreferrer" size="sm">
              {t('openLink', { name })}
            </Anchor>
          </Text>
        )}
      </div>
      <Failure error={opening.error} />
    </Paper>
  );
};

const Rights = ({ app: { scopes } }: { readonly app: LaunchableApp }) => {
  const { t } = useTranslation('gallery');
  const { rights, knowsUser, isLasting } = askedBy(scopes);
  const say = ({ reach, type, mayChange }: Right): string =>
    t(`right.${mayChange ? 'change' : 'read'}`, {
      what: type === '*' ? t('right.everything') : type,
      where: t(`right.${reach}`),
    });
  return (
    <>
      <Text size="sm">{t('mayAsk')}</Text>
      <List size="sm">
        {scopes.length === 0 ? <List.Item>{t('right.unlimited')}</List.Item> : null}
        {rights.map((right) => (
          <List.Item key={say(right)}>{say(right)}</List.Item>
        ))}
        {knowsUser ? <List.Item>{t('right.knowsUser')}</List.Item> : null}
        {isLasting ? <List.Item>{t('right.lasting')}</List.Item> : null}
      </List>
    </>
  );
};
