import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Text, TextInput, useTexts } from '@/ui';
import classes from './help.module.css';
import { chapters, type Finding, searchManual } from './manual';
import { useSections } from './useManual';

/** Looks for words in the whole manual; below it stands what is found, else `children`. */
export function ManualSearch({
  onChoose,
  focused = false,
  children,
}: {
  onChoose: (finding: Finding) => void;
  /** Takes the keyboard when it appears. */
  focused?: boolean;
  children: ReactNode;
}) {
  const { t } = useTexts();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) box.current?.focus();
  }, [focused]);
  const [typed, setTyped] = useState('');
  const looking = typed.trim() !== '';
  const sections = useSections(looking).data;
  const found = looking && sections ? searchManual(sections, typed) : undefined;
  return (
    <>
      <TextInput
        ref={box}
        type="search"
        aria-label={t('app.manual.search')}
        placeholder={t('app.manual.search')}
        leftSection={<IconSearch size={15} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {!looking && children}
      {found && (
        <div role="status" className={classes.count}>
          {t(found.length === 0 ? 'app.manual.nothing' : 'app.manual.found', { count: found.length })}
        </div>
      )}
      {found && found.length > 0 && (
        <ul className={classes.findings}>
          {found.map((finding) => (
            <li key={`${finding.section.chapter}-${finding.section.heading}-${finding.snippet}`}>
              <button
                type="button"
                className={classes.finding}
                onClick={() => {
                  setTyped('');
                  onChoose(finding);
                }}
              >
                <span>{finding.section.heading}</span>
                <Text component="span" size="xs" c="dimmed">
                  {chapters.find(({ name }) => name === finding.section.chapter)?.title}
                </Text>
                <Text component="span" size="xs" c="dimmed">
                  {finding.snippet}
                </Text>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
