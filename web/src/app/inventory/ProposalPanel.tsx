import { IconCheck } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useChangeDefinitions } from '@/api';
import { Button, Checkbox, joinList, notifyError, notifyUndo, Panel, Text, useTexts } from '@/ui';
import classes from './inventory.module.css';
import { changeOf, type Proposal, type ProposalGroup } from './proposals';

const groups: readonly ProposalGroup[] = ['use', 'words', 'stages', 'ledgers', 'fields'];

/** What follows from trade and work: all is chosen at first, and done as one change that one press takes back. */
export function ProposalPanel({ proposals }: { proposals: Proposal[] }) {
  const { t, label, language } = useTexts();
  const id = useId();
  // What was pressed; what was not stands as it is proposed.
  const [pressed, setPressed] = useState<ReadonlySet<string>>(new Set());
  const change = useChangeDefinitions();
  const open = proposals.filter((each) => !each.done);
  const isChosen = (each: Proposal) => pressed.has(each.id) === (each.unsure ?? false);
  const chosen = open.filter(isChosen);
  const toggle = (key: string) =>
    setPressed((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const why = ({ why }: Proposal) => {
    if (!('key' in why)) return label(why);
    return t(`app.inventory.why.${why.key}`, { works: joinList(why.works.slice(0, 3), language) });
  };
  const title = (each: Proposal) => {
    if (each.group !== 'use') return label(each.title);
    const shown = each.change.object_changes?.some((one) => one.hidden === false);
    return t(shown ? 'app.inventory.show' : 'app.inventory.hide', { name: label(each.title) });
  };
  const run = () =>
    void change
      .mutateAsync(changeOf(chosen))

      .then((answer) => {
        setPressed(new Set());
        notifyUndo(t('app.inventory.done', { count: chosen.length }), answer.change);
      })
      .catch(notifyError);
  return (
    <Panel flush title={t('app.inventory.proposals')}>
      <Text size="sm" c="dimmed" px={14} pt={12}>
        {t(proposals.length === 0 ? 'app.inventory.noProposals' : 'app.inventory.proposalsHelp')}
      </Text>
      {groups.map((group) => {
        const found = proposals.filter((each) => each.group === group);
        if (found.length === 0) return null;
        return (
          <section key={group} className={classes.group} aria-labelledby={`${id}-${group}`}>
            <h3 id={`${id}-${group}`} className={classes.groupTitle}>
              {t(`app.inventory.group.${group}`)}
            </h3>
            {found.map((each) => (
              <div key={each.id} className={classes.row} data-done={each.done || undefined}>
                {each.done ? (
                  <IconCheck size={18} aria-hidden />
                ) : (
                  <Checkbox
                    id={`${id}-${each.id}`}
                    aria-describedby={`${id}-${each.id}-why`}
                    checked={isChosen(each)}
                    onChange={() => toggle(each.id)}
                  />
                )}
                <div className={classes.words}>
                  {each.done ? (
                    <span>
                      {title(each)} <span className={classes.why}>{t('app.inventory.isSo')}</span>
                    </span>
                  ) : (
                    <label htmlFor={`${id}-${each.id}`}>{title(each)}</label>
                  )}
                  <div id={`${id}-${each.id}-why`} className={classes.why}>
                    {why(each)}
                  </div>
                </div>
              </div>
            ))}
          </section>
        );
      })}
      {open.length > 0 && (
        <div className={classes.foot}>
          <Text size="sm" c="dimmed">
            {t('app.inventory.oneUndo')}
          </Text>
          <Button disabled={chosen.length === 0} loading={change.isPending} onClick={run}>
            {t('app.inventory.run', { count: chosen.length })}
          </Button>
        </div>
      )}
    </Panel>
  );
}
