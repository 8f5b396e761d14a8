/** The checker that the other tests of edits trust: it must find what is wrong, and nothing else. */
import { describe, expect, it } from 'vitest';
import { findingsIn, nothingFound, type Edited, type Fate } from '../support/member-history.js';

const edit = (does: Edited['does'], [from, to]: [number, number], fate: Fate, member = 'ana'): Edited => ({
  does,
  from,
  to,
  fates: new Map([[member, fate]]),
});

describe('finds nothing where', () => {
  it.each<[string, Edited[], string[], string[]]>([
    ['an add was acknowledged, and he is there', [edit('add', [0, 1], 'changed')], [], ['ana']],
    ['an add was refused, and he is not there', [edit('add', [0, 1], 'refused')], [], []],
    ['nobody knows of an add, and he is there', [edit('add', [0, 1], 'unknown')], [], ['ana']],
    ['nobody knows of an add, and he is not there', [edit('add', [0, 1], 'unknown')], [], []],
    [
      'an unknown remove may have taken effect after an add that came later',
      [edit('remove', [0, 1], 'unknown'), edit('add', [2, 3], 'changed')],
      [],
      [],
    ],
    [
      'add and remove overlap, and he is out',
      [edit('add', [0, 5], 'changed'), edit('remove', [1, 4], 'changed')],
      [],
      [],
    ],
    [
      'add and remove overlap, and he is in, as he was not there to be removed',
      [edit('add', [0, 5], 'changed'), edit('remove', [1, 4], 'unchanged')],
      [],
      ['ana'],
    ],
    ['somebody of whom nobody spoke stays', [edit('add', [0, 1], 'refused')], ['zoe'], ['zoe']],
  ])('%s', (_, history, before, after) => {
    expect(findingsIn(history, before, after)).toEqual(nothingFound);
  });
});

describe('finds lost', () => {
  it.each<[string, Edited[], string[]]>([
    ['whose add was acknowledged', [edit('add', [0, 1], 'changed')], []],
    ['who was said to be there already', [edit('add', [0, 1], 'unchanged')], ['ana']],
    [
      'who was added after he was removed',
      [edit('remove', [0, 1], 'changed'), edit('add', [2, 3], 'changed')],
      ['ana'],
    ],
    ['whose remove was refused', [edit('remove', [0, 1], 'refused')], ['ana']],
    ['whom nobody named', [], ['ana']],
    ['who was added after an unknown add', [edit('add', [0, 1], 'unknown'), edit('add', [2, 3], 'changed')], []],
  ])('him %s', (_, history, before) => {
    expect(findingsIn(history, before, [])).toEqual({ ...nothingFound, lost: ['ana'] });
  });
});

describe('finds resurrected', () => {
  it.each<[string, Edited[], string[]]>([
    ['whose remove was acknowledged', [edit('remove', [0, 1], 'changed')], ['ana']],
    ['who was removed after he was added', [edit('add', [0, 1], 'changed'), edit('remove', [2, 3], 'changed')], []],
    ['whose add was refused', [edit('add', [0, 1], 'refused')], []],
    ['whom nobody named', [], []],
  ])('him %s', (_, history, before) => {
    expect(findingsIn(history, before, ['ana'])).toEqual({ ...nothingFound, resurrected: ['ana'] });
  });
});

it('finds misinformed whoever was told of a change that was none', () => {
  const twice = [edit('add', [0, 1], 'changed'), edit('add', [2, 3], 'changed')];

  expect(findingsIn(twice, [], ['ana'])).toEqual({ ...nothingFound, misinformed: ['ana'] });
});

it('judges each member by himself', () => {
  const history = [edit('add', [0, 1], 'changed', 'ana'), edit('remove', [0, 1], 'changed', 'zoe')];

  expect(findingsIn(history, ['zoe', 'max'], ['zoe', 'max'])).toEqual({
    lost: ['ana'],
    resurrected: ['zoe'],
    misinformed: [],
  });
});
