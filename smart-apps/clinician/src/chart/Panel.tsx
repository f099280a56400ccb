// Panel: one part of the chart under its heading; what is long scrolls inside it, so that the chart stays one screen.

import { useId, type ReactNode } from 'react';
import { Box, Paper, Title } from '@mantine/core';

export interface PanelProps {
  readonly title: string;
  /** How high it grows before it scrolls. */
  readonly height?: 'small' | 'large' | 'any';
  readonly children: ReactNode;
}

export const Panel = ({ title, height = 'small', children }: PanelProps) => {
  const heading = useId();
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby={heading}>
      <Title order={2} size="h6" mb="xs" id={heading}>
        {title}
      </Title>
      {height === 'any' ? (
        children
      ) : (
        // What scrolls must be reached by the keyboard, too. WCAG 2.2, 2.1.1.
        <Box
          mah={heights[height]}
          style={{ overflowY: 'auto' }}
          tabIndex={0}
          role="group"
          aria-labelledby={heading}
        >
          {children}
        </Box>
      )}
    </Paper>
  );
};

const heights = { small: '14rem', large: '28rem' } as const;
