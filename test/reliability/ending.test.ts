import { expect, it } from 'vitest';
import { Ending, type Signal } from '../../src/http/ending.js';

it('an end is told once to whoever listens, with its first reason, and ends at once what begins after it', () => {
  const end = new Ending();
  const heard: string[] = [];
  const listen = (name: string) => {
    const listener = () => heard.push(`${name} ${String(end.reason)}`);
    end.addEventListener('abort', listener);
    return listener;
  };
  listen('one');
  end.removeEventListener('abort', listen('two'));
  listen('three');
  end.throwIfAborted();
  expect([end.aborted, end.reason, heard]).toEqual([false, undefined, []]);

  end.come(() => 'first');
  end.come(() => 'second');
  listen('late');

  expect([end.aborted, end.reason]).toEqual([true, 'first']);
  expect(heard).toEqual(['one first', 'three first']);
  expect(() => end.throwIfAborted()).toThrow('first');
});

it('a reason is made once, and only for somebody who asks', () => {
  const end = new Ending();
  let made = 0;
  end.come(() => new Error(`the ${(made += 1)}.`));

  expect(made).toBe(0);
  expect(end.reason).toBe(end.reason);
  expect(made).toBe(1);
});

it('an AbortSignal is a signal, too', () => {
  const controller = new AbortController();
  const end = new Ending();
  const signal: Signal = controller.signal;
  signal.addEventListener('abort', () => end.come(() => signal.reason), { once: true });

  controller.abort('left');

  expect(end.reason).toBe('left');
});
