import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { ForwardRefExoticComponent, RefAttributes } from 'react';
import { ZenskarErrorEvent } from '../events.ts';
import { elements } from './elements.ts';
import { GivenProperties } from './given-properties.ts';
import type { ElementProps } from './props.ts';

/** React before 19 warns about layout effects on a server. */
const useBrowserEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

const notLoaded = {
  code: 'network_error',
  message: 'The code of the portal could not be loaded: is the visitor offline, or the app of a version that is gone?',
} as const;

const camelCase = (text: string): string => text.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** `zenskar-invoice-open` goes to `onInvoiceOpen`. */
const handlerName = (eventName: string): string => camelCase(eventName.replace('zenskar', 'on'));

/**
 * A React component for one element. On a server it is the bare tag. In the browser it loads the element's code when it
 * is mounted for the first time, and sets properties rather than attributes, in the same way in every version of React.
 */
export const elementComponent = <Element extends HTMLElement, Props extends ElementProps>(
  tag: keyof typeof elements,
): ForwardRefExoticComponent<Props & RefAttributes<Element>> => {
  const { properties, events, load } = elements[tag];
  const own = [...properties, ...events.map(handlerName)];

  const component = forwardRef<Element, Record<string, unknown>>((props, ref) => {
    const element = useRef<Element>(null);
    const latest = useRef(props);
    const [given] = useState(() => new GivenProperties(properties));
    useImperativeHandle(ref, () => element.current as Element);

    const give = (): void => {
      if (element.current && customElements.get(tag)) given.give(element.current, latest.current);
    };
    const handle = (event: Event): void => {
      const handler = latest.current[handlerName(event.type)];
      if (typeof handler === 'function') handler(event);
    };

    useBrowserEffect(() => {
      latest.current = props;
      give();
    });
    useBrowserEffect(() => {
      const { current } = element;
      for (const name of events) current?.addEventListener(name, handle);
      load().then(give, () => current?.dispatchEvent(new ZenskarErrorEvent(notLoaded)));
      return () => {
        for (const name of events) current?.removeEventListener(name, handle);
      };
    }, []);

    const { className, ...passedOn } = Object.fromEntries(
      Object.entries(props).filter(([name]) => !own.includes(name)),
    );
    return createElement(tag, { ...passedOn, class: className, ref: element });
  });
  component.displayName = camelCase(`-${tag}`);
  return component as ForwardRefExoticComponent<Props & RefAttributes<Element>>;
};
