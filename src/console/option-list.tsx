// A list of which one is chosen, by a click or with the arrow keys (j and k): what waits for somebody, one after the other.

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './review.module.css';

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

const optionId = (at: number): string => `option-${at}`;

interface Props<Item> {
  label: string;
  items: readonly Item[];
  keyOf(item: Item): string;
  chosen: number;
  onChoose(at: number): void;
  children(item: Item): ReactNode;
}

export function OptionList<Item>({ label, items, keyOf, chosen, onChoose, children }: Props<Item>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onChoose(Math.max(0, Math.min(chosen + step, items.length - 1)));
  };
  return (
    <div
      ref={list}
      className={classes.list}
      role="listbox"
      aria-label={label}
      aria-activedescendant={chosen < 0 ? undefined : optionId(chosen)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {items.map((item, at) => (
        <button
          key={keyOf(item)}
          id={optionId(at)}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          className={classes.pair}
          onClick={() => onChoose(at)}
        >
          {children(item)}
        </button>
      ))}
    </div>
  );
}
