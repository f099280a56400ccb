// Documents: letters, reports and pictures; one opens beside the chart, which stays where it was.

import { lazy, Suspense, useState } from 'react';
import { Anchor, Drawer, List, Text } from '@mantine/core';
import type { DocumentReference } from 'fhir/r4';
import type { Found } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { useTranslation } from 'react-i18next';
import { Panel } from './Panel.tsx';
import { PanelList } from './PanelList.tsx';

const DocumentViewer = lazy(async () => ({
  default: (await import('@meridian/ui/document/DocumentViewer.tsx')).DocumentViewer,
}));

export const Documents = ({ found }: { readonly found: Found<DocumentReference> }) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  const [open, setOpen] = useState<DocumentReference>();
  const nameOf = ({ description, type, content }: DocumentReference): string =>
    description ?? content[0]?.attachment.title ?? (format.concept(type) || t('documents.unnamed'));
  return (
    <Panel title={t('documents.title')}>
      <PanelList found={found} empty={t('documents.none')}>
        {(documents) => (
          <List listStyleType="none" spacing="xs">
            {documents.map((document) => (
              <List.Item key={document.id}>
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  ta="start"
                  onClick={() => setOpen(document)}
                >
                  {nameOf(document)}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {[format.concept(document.type), format.date(document.date)]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </List.Item>
            ))}
          </List>
        )}
      </PanelList>
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="xl"
        title={open && nameOf(open)}
        closeButtonProps={{ 'aria-label': t('documents.close') }}
      >
        {open === undefined ? null : (
          <Suspense fallback={<Loading />}>
            <DocumentViewer documentReference={open} />
          </Suspense>
        )}
      </Drawer>
    </Panel>
  );
};
