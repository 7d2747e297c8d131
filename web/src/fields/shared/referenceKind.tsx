import { Link } from '@tanstack/react-router';
import { fetchSearch, fetchUserOptions, type Reference, useObject } from '@/api';
import type { Suggestion } from '@/grid/suggestion';
import { joinList, useTexts } from '@/ui';
import type { CellProps, FilterProps, InputProps, KindUi } from '../kind';
import classes from './fields.module.css';
import { ReferenceFilter } from './filters/ReferenceFilter';
import { MaskedValue } from './MaskedValue';
import { PickerInput } from './PickerInput';
import { isHiddenLink, referencesOf } from './references';

interface ReferenceKind {
  multiple: boolean;
  users: boolean;
}

const kBetween = /[、,，;\n]/;

/** A record or user that the value points to; several of them. */
export function referenceKind({ multiple, users }: ReferenceKind): KindUi {
  function Cell({ field, value, place }: CellProps) {
    const { t, language } = useTexts();
    const object = useObject(users ? undefined : (field.target ?? undefined));
    if (field.masked) return <MaskedValue />;
    const hidden = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isHiddenLink).length;
    const references = referencesOf(value);
    const unseen = hidden > 0 ? t('fields.hiddenLinks', { count: hidden }) : '';
    if (place === 'row' || !object) {
      const names = joinList(
        [...references.map((each) => each.title), ...(unseen ? [unseen] : [])],
        language,
      );
      return <span className={place === 'row' ? classes.line : classes.words}>{names}</span>;
    }
    return (
      <span className={classes.stack}>
        {references.map((each) => (
          <Link
            key={each.id}
            className={classes.link}
            to="/o/$plural/$id"
            params={{ plural: object.plural, id: each.id }}
          >
            {each.title}
          </Link>
        ))}
        {unseen && <span className={classes.more}>{unseen}</span>}
      </span>
    );
  }

  function Input(props: InputProps) {
    return <PickerInput {...props} multiple={multiple} target={users ? null : (props.field.target ?? '')} />;
  }

  function Filter(props: FilterProps) {
    return <ReferenceFilter {...props} target={users ? null : (props.field.target ?? '')} />;
  }

  return {
    width: multiple ? 200 : 160,
    align: 'left',
    instant: !multiple,
    text: (value, _field, language) =>
      joinList(
        referencesOf(value).map((each) => each.title),
        language,
      ),
    suggest: async (typed, field) => {
      const words = multiple ? typed.split(kBetween) : [typed];
      const q = (words.pop() ?? '').trim();
      const found = users
        ? await fetchUserOptions(q)
        : q === ''
          ? []
          : (await fetchSearch(q, [field.target ?? ''], 8)).items;
      // Of several the names before the last stand as they were typed.
      return multiple && words.length > 0
        ? []
        : found.slice(0, 8).map(
            (hit: Reference & { subtitle?: string }): Suggestion => ({
              key: hit.id,
              label: hit.title,
              detail: hit.subtitle,
              value: multiple ? [{ id: hit.id, title: hit.title }] : { id: hit.id, title: hit.title },
            }),
          );
    },
    parse: (typed) => typed,
    Cell,
    Input,
    Filter,
  };
}
