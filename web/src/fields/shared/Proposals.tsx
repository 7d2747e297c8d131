import { Button, Select, Text, useTexts } from '@/ui';
import classes from './fields.module.css';

export interface Proposal {
  key: string;
  label: string;
}

interface ProposalsProps<T extends Proposal> {
  /** What the proposals are, said before them. */
  title: string;
  items: readonly T[];
  onAccept: (item: T) => void;
}

const kMostButtons = 6;

/** Values that could be meant, one click each; a long list is searched. Nothing is taken by itself. */
export function Proposals<T extends Proposal>({ title, items, onAccept }: ProposalsProps<T>) {
  const { t } = useTexts();
  if (items.length === 0) return null;
  return (
    <fieldset className={classes.proposals} aria-label={title}>
      <Text component="span" size="xs" c="dimmed" role="status">
        {title}
      </Text>
      {items.length <= kMostButtons ? (
        items.map((item) => (
          <Button
            key={item.key}
            size="compact-sm"
            variant="light"
            className={classes.proposal}
            // The box keeps the focus until the click is done: what it shows below while typing would vanish under the mouse.
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.currentTarget.focus();
              onAccept(item);
            }}
          >
            {item.label}
          </Button>
        ))
      ) : (
        <Select
          searchable
          size="xs"
          aria-label={title}
          placeholder={t('fields.choose')}
          nothingFoundMessage={t('fields.nothing')}
          limit={100}
          style={{ flex: '1 1 14rem' }}
          value={null}
          data={items.map((item) => ({ value: item.key, label: item.label }))}
          onChange={(key) => {
            const chosen = items.find((item) => item.key === key);
            if (chosen) onAccept(chosen);
          }}
        />
      )}
    </fieldset>
  );
}
