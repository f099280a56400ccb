// AppFrame: an app beside the banner of the patient. A browser tells nobody why a frame stays empty, so the way out is always there.

import { useState } from 'react';
import { Button, Group, Text, Title } from '@mantine/core';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import type { LaunchableApp } from './apps.ts';
import { useOpening, type Whom } from './useOpening.ts';

export interface FramedApp {
  readonly app: LaunchableApp;
  readonly address: string;
}

export interface AppFrameProps extends Whom {
  readonly framed: FramedApp;
  readonly close: () => void;
}

export const AppFrame = ({ framed: { app, address }, close, ...whom }: AppFrameProps) => {
  const { t } = useTranslation('gallery');
  const [blocked, setBlocked] = useState<string>();
  const { openTab, opening } = useOpening(app, whom);
  return (
    <section aria-label={app.name}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {app.name}
        </Title>
        <Group gap="xs">
          <Button
            size="compact-md"
            variant="default"
            loading={opening.isPending}
            onClick={() => openTab(setBlocked)}
          >
            {t('openTab')}
          </Button>
          <Button size="compact-md" variant="default" onClick={close}>
            {t('close')}
          </Button>
        </Group>
      </Group>
      <Text size="sm" mb="xs">
        {t('frameEmpty')}
      </Text>
      {blocked === undefined ? null : (
        <Button component="a" href={blocked} target="_blank" rel="noreferrer" mb="xs">
          {t('openLink', { name: app.name })}
        </Button>
      )}
      <Failure error={opening.error} />
      <iframe
        src={address}
        title={app.name}
        referrerPolicy="no-referrer"
        // Its own site may do all a page may, but for leading this whole tab elsewhere.
        sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals"
        style={{ width: '100%', height: '70vh', border: 0 }}
      />
    </section>
  );
};
