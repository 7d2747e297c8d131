import { Link } from '@tanstack/react-router';
import { fetchSearch, fetchUserOptions, type SearchHit, useObject } from '@/api';
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

const kLookedThrough = 30;
const kOffered = 8;

/** Whether search found the text in the name or its reading: other fields are told with the hit. */
function isNamed({ matches }: SearchHit): boolean {
  return !matches || matches.length === 0 || matches.some(({ field }) => /name|kana/.test(field));
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
      // Of several the names before the last stand as they were typed.
      if (multiple && words.length > 0) return [];
      if (!users && q === '') return [];
      const found: SearchHit[] = users
        ? (await fetchUserOptions(q)).map((user) => ({ ...user, object: '' }))
        : (await fetchSearch(q, [field.target ?? ''], kLookedThrough)).items;
      const offered = (hit: SearchHit, unlikely: boolean): Suggestion => {
        const reference = { id: hit.id, title: hit.title };
        const value = multiple ? [reference] : reference;
        return { key: hit.id, label: hit.title, detail: hit.subtitle, value, unlikely };
      };
      // Who is called so comes before who lives in a street called so.
      return [
        ...found.filter(isNamed).map((hit) => offered(hit, false)),
        ...found.filter((hit) => !isNamed(hit)).map((hit) => offered(hit, true)),
      ].slice(0, kOffered);
    },
    parse: (typed) => typed,
    Cell,
    Input,
    Filter,
  };
}
