import { IconArrowRight } from '@tabler/icons-react';
import type { ObjectMeta, TidyProblem } from '@/api';
import { useTexts } from '@/ui';
import classes from './tidy.module.css';
import { valueText } from './valueText';

/** Why a record is here, in words, with the value that is meant. */
export function ProblemText({ object, problem }: { object: ObjectMeta; problem: TidyProblem }) {
  const { language } = useTexts();
  const field = object.fields.find((each) => each.key === problem.field);
  // What is counted, like the last contact, is said in words already.
  const value = field?.read_only ? '' : valueText(object, problem.field, problem.value, language);
  return (
    <>
      {value && (
        <span className={classes.value}>
          <span className={classes.dim}>{problem.label}</span> {value}
        </span>
      )}
      <span className={classes.reason}>{problem.text}</span>
    </>
  );
}

/** What the value would become. */
export function ProposalText({ object, problem }: { object: ObjectMeta; problem: TidyProblem }) {
  const { t, language } = useTexts();
  const text = problem.proposal_text || valueText(object, problem.field, problem.proposal, language);
  if (!text) return null;
  return (
    <span className={classes.proposal}>
      <IconArrowRight size={14} aria-label={t('records.tidy.proposal')} />
      {text}
    </span>
  );
}

export function hasProposal(problem: TidyProblem): boolean {
  return !!problem.proposal_text || (problem.proposal !== null && problem.proposal !== undefined);
}
