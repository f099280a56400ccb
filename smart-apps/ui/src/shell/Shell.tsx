// Shell: what stands around every page of an app: its name, the ways to its pages, language, colours, and signing out.

import { Suspense, useEffect, type ReactNode } from 'react';
import { AppShell, Box, Burger, Group, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useSession } from '../session/session.ts';
import { Loading } from '../states/Loading.tsx';
import { Boundary } from './Boundary.tsx';
import { OfflineLine } from './OfflineLine.tsx';
import { Preferences } from './Preferences.tsx';
import classes from './Shell.module.css';

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
  /** The first few stand at the bottom of a phone; the others behind its menu. */
  readonly isMain?: boolean;
}

export interface ShellProps {
  readonly title: string;
  readonly places: readonly Place[];
  /** Always visible: whose record is open. */
  readonly banner?: ReactNode;
  readonly children: ReactNode;
}

export const Shell = ({ title, places, banner, children }: ShellProps) => {
  const { t } = useTranslation('ui');
  const [isOpen, { toggle, close }] = useDisclosure();
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const [path] = useLocation();
  const { app } = useSession();
  useEffect(() => {
    globalThis.scrollTo(0, 0);
  }, [path]);
  const main = places.filter(({ isMain }) => isMain);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      {...(isPhone && main.length > 0 ? { footer: { height: 60 } } : {})}
      padding="md"
    >
      <AppShell.Header>
        <a className="skip-link" href="#content">
          {t('shell.skip')}
        </a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('shell.menu')}
              aria-expanded={isOpen}
            />
            <Text fw={700} truncate>
              {title}
            </Text>
          </Group>
          <Preferences />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        p="xs"
        component="nav"
        aria-label={t('shell.navigation')}
        // No key leads into a menu that is closed.
        inert={isPhone && !isOpen}
      >
        {places.map(({ to, label, icon: PlaceIcon }) => (
          <NavLink
            key={to}
            component={Link}
            href={to}
            label={label}
            leftSection={<PlaceIcon size={18} aria-hidden />}
            active={isAt(path, to)}
            aria-current={isAt(path, to) ? 'page' : undefined}
            variant="light"
            onClick={close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <OfflineLine />
        {banner}
        <Box maw={1200} mx="auto">
          <Boundary app={app} place={path}>
            <Suspense fallback={<Loading />}>{children}</Suspense>
          </Boundary>
        </Box>
      </AppShell.Main>
      {isPhone && main.length > 0 ? (
        <AppShell.Footer component="nav" aria-label={t('shell.menu')}>
          <Group h="100%" grow gap={0} wrap="nowrap">
            {main.map(({ to, label, icon: PlaceIcon }) => (
              <UnstyledButton
                key={to}
                component={Link}
                href={to}
                className={classes.place}
                aria-current={isAt(path, to) ? 'page' : undefined}
              >
                <PlaceIcon size={22} aria-hidden />
                <span className={classes.label}>{label}</span>
              </UnstyledButton>
            ))}
          </Group>
        </AppShell.Footer>
      ) : null}
    </AppShell>
  );
};

const isAt = (path: string, to: string): boolean =>
  path === to || (to !== '/' && path.startsWith(`${to}/`));
