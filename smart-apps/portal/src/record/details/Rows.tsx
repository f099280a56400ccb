// Rows: what a resource says, as labels and values; codes can be opened by who wants to see them.

import { CodedValue } from '@meridian/ui/coded/CodedValue.tsx';
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ReferenceName } from './ReferenceName.tsx';
import type { Row } from './row.ts';
import classes from './Rows.module.css';

export const Rows = ({ rows }: { readonly rows: readonly Row[] }) => {
  const { t } = useTranslation('record');
  return (
    <dl className={classes.rows}>
      {rows.map((row, index) => (
        <div key={`${row.label} ${String(index)}`} className={classes.row}>
          <Text component="dt" size="sm" c="dimmed">
            {t(`label.${row.label}`)}
          </Text>
          <dd className={classes.value}>
            <RowValue row={row} />
          </dd>
        </div>
      ))}
    </dl>
  );
};

const RowValue = ({ row: { text, concepts = [], references = [] } }: { readonly row: Row }) => (
  <Stack gap={2}>
    {text ? <bdi className={classes.text}>{text}</bdi> : null}
    {concepts.map((concept, index) => (
      <CodedValue key={index} concept={concept} />
    ))}
    {references.map((reference, index) => (
      <span key={index}>
        <ReferenceName reference={reference} />
      </span>
    ))}
  </Stack>
);
