import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { checkRule, type ObjectMeta, type Reference, type RuleInput } from '@/api';
import { Alert, Button, errorText, Group, Loader, Stack, Text, useTexts } from '@/ui';
import classes from './rules.module.css';

interface Found {
  looked: number;
  broken: number;
  items: Reference[];
  done: boolean;
  error?: string;
}

const kShown = 20;

/** Which of the records that are there break the rule, counted before it is switched on. */
export function RuleFindings({
  object,
  rule,
  disabled,
}: {
  object: ObjectMeta;
  rule: RuleInput;
  disabled: boolean;
}) {
  const { t } = useTexts();
  const [found, setFound] = useState<Found>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const look = async () => {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    let sum: Found = { looked: 0, broken: 0, items: [], done: false };
    setFound(sum);
    try {
      for (let after: string | null = null; ; ) {
        const part = await checkRule(rule, after, controller.signal);
        sum = {
          looked: sum.looked + part.looked,
          broken: sum.broken + part.broken,
          items: [...sum.items, ...part.items].slice(0, kShown),
          done: part.next === null,
        };
        if (controller.signal.aborted) return;
        setFound(sum);
        if (part.next === null) return;
        after = part.next;
      }
    } catch (error) {
      if (!controller.signal.aborted) setFound({ ...sum, done: true, error: errorText(error) });
    }
  };
  const cancel = () => {
    stop.current?.abort();
    setFound((now) => now && { ...now, done: true });
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled || (found && !found.done)}
          onClick={() => void look()}
        >
          {t('app.rules.look')}
        </Button>
        {found && !found.done && (
          <>
            <Loader size="xs" />
            <Button size="compact-sm" variant="subtle" onClick={cancel}>
              {t('ui.cancel')}
            </Button>
          </>
        )}
      </Group>
      {found?.error && (
        <Alert color="red" variant="light" role="alert">
          {found.error}
        </Alert>
      )}
      {found && !found.error && (
        <Text size="sm" role="status">
          {rule.check.kind === 'unique'
            ? t('app.rules.foundEqual', { broken: found.broken.toLocaleString() })
            : t('app.rules.found', {
                looked: found.looked.toLocaleString(),
                broken: found.broken.toLocaleString(),
              })}
        </Text>
      )}
      {found && found.items.length > 0 && (
        <>
          <ul className={classes.found}>
            {found.items.map((item) => (
              <li key={item.id}>
                <Link to="/o/$plural/$id" params={{ plural: object.plural, id: item.id }} target="_blank">
                  {item.title || t('records.untitled')}
                </Link>
              </li>
            ))}
          </ul>
          {found.broken > found.items.length && (
            <Text size="xs" c="dimmed">
              {t('app.rules.firstOf', { count: found.items.length })}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {t('app.rules.foundHelp')}
          </Text>
        </>
      )}
    </Stack>
  );
}
