import { Link } from '@tanstack/react-router';
import { type ComponentProps, isValidElement, type ReactNode, useEffect, useRef } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import classes from './help.module.css';
import { anchorOf, isChapter, pictureUrl } from './manual';

interface ManualTextProps {
  /** Markdown of a chapter. */
  text: string;
  /** Words of the heading that comes into view. */
  heading?: string;
  /** A link to another place of the manual; without it links lead to the page of the manual. */
  onPlace?: (chapter: string, anchor: string) => void;
}

/** A chapter as it is read. HTML inside of it is shown as text, and nothing is loaded from elsewhere. */
export function ManualText({ text, heading, onPlace }: ManualTextProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!text) return;
    const wanted = heading ? box.current?.querySelector(`#${CSS.escape(anchorOf(heading))}`) : undefined;
    if (wanted) bringUp(wanted);
  }, [text, heading]);
  const components: Components = {
    // Below the heading of the page or the drawer that it is read in.
    h1: (props) => <Heading as="h2" {...props} />,
    h2: (props) => <Heading as="h3" {...props} />,
    h3: (props) => <Heading as="h4" {...props} />,
    h4: (props) => <Heading as="h5" {...props} />,
    a: ({ href = '', children }) => <ManualLink href={href} onPlace={onPlace} content={children} />,
    img: ({ src, alt }) => <img src={pictureUrl(String(src))} alt={alt ?? ''} loading="lazy" />,
  };
  return (
    <div ref={box} className={classes.text} lang="ja">
      <Markdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </Markdown>
    </div>
  );
}

// scrollIntoView would also move the page behind a drawer.
function bringUp(heading: Element) {
  let box = heading.parentElement;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
  if (!box) return heading.scrollIntoView({ block: 'start' });
  const margin = Number.parseFloat(getComputedStyle(heading).scrollMarginTop);
  box.scrollTop += heading.getBoundingClientRect().top - box.getBoundingClientRect().top - margin;
}

function Heading({ as: Tag, children }: { as: 'h2' | 'h3' | 'h4' | 'h5' } & ComponentProps<'h1'>) {
  return <Tag id={anchorOf(wordsOf(children))}>{children}</Tag>;
}

function wordsOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(wordsOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? wordsOf(node.props.children) : '';
}

function ManualLink({
  href,
  content,
  onPlace,
}: {
  href: string;
  content: ReactNode;
  onPlace?: (chapter: string, anchor: string) => void;
}) {
  const inside = /^(?:([a-z]+)\.md)?(?:#(.*))?$/.exec(href);
  const chapter = inside?.[1];
  const anchor = decodeURIComponent(inside?.[2] ?? '');
  if (inside && chapter && isChapter(chapter)) {
    if (onPlace)
      return (
        <button type="button" className={classes.link} onClick={() => onPlace(chapter, anchor)}>
          {content}
        </button>
      );
    return (
      <Link to="/help/$chapter" params={{ chapter }} hash={anchor}>
        {content}
      </Link>
    );
  }
  if (inside && !chapter && anchor !== '') return <a href={`#${anchor}`}>{content}</a>;
  // Files of the repository are not here; addresses of others open beside, and do not learn from where.
  if (!/^https?:/.test(href)) return <span>{content}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {content}
    </a>
  );
}
