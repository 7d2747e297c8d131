import type { TriedComputed } from '@/api';
import { Text, useTexts } from '@/ui';
import classes from './computed.module.css';
import { aroundProblem } from './formulaText';

/** What the server says of a formula or a roll-up: its values on a few records, or what is wrong and where. */
export function ComputedAnswer({ answer }: { answer: TriedComputed }) {
  const { source } = answer;
  const { t } = useTexts();
  if (answer.problem) {
    const { message, at, length } = answer.problem;
    const [before, there, behind] = aroundProblem(source, at, length);
    return (
      <div className={classes.answer} data-wrong role="status">
        <Text size="sm" c="var(--mantine-color-error)">
          {message}
        </Text>
        {source !== '' && (
          <div className={classes.place} aria-hidden>
            {before}
            <mark>{there}</mark>
            {behind}
          </div>
        )}
      </div>
    );
  }
  const examples = answer.examples ?? [];
  return (
    <div className={classes.answer} role="status">
      {examples.length > 0 ? (
        <>
          <Text size="xs" c="dimmed">
            {t('app.computed.tried')}
          </Text>
          <ul className={classes.examples}>
            {examples.map((example) => (
              <li key={example.id}>
                {t('app.computed.isNow', {
                  name: example.title,
                  value: example.text || t('app.computed.noValue'),
                })}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t('app.computed.noRecords')}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t(answer.at_read ? 'app.computed.atRead' : 'app.computed.kept')}
      </Text>
    </div>
  );
}
