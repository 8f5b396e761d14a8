import { getIntrospectionQuery, type IntrospectionOptions } from 'graphql';
import { describe, expect, it } from 'vitest';
import { broken, nest, weigh } from './limits-scales.js';

describe('introspection has limits of its own:', () => {
  const yesAndNo = [true, false];
  const options = yesAndNo.flatMap((on) =>
    [0, 1, 9, 100].map((typeDepth): IntrospectionOptions => ({
      descriptions: on,
      specifiedByUrl: on,
      directiveIsRepeatable: on,
      schemaDescription: on,
      inputValueDeprecation: on,
      oneOf: on,
      typeDepth,
    })),
  );

  it.each([undefined, ...options])('whatever getIntrospectionQuery writes passes them (%o)', (option) => {
    expect(broken(getIntrospectionQuery(option))).toEqual([null]);
  });

  it.each([
    ['the schema three times over', `{ ${['a', 'b', 'c'].map((as) => `${as}: __schema { ...S }`).join(' ')} }`],
    [
      'arguments of fields of the types of fields',
      '{ __schema { types { fields { type { fields { args { type { name } } } } } } } }',
    ],
    [
      'beside data, too',
      '{ sources { name } __schema { types { fields { type { fields { args { type { name } } } } } } } }',
    ],
  ])('%s does not', (_name, text) => {
    const whole = /\{\s*__schema \{([^]*)\}\s*\}\s*(fragment FullType[^]*)$/.exec(getIntrospectionQuery())!;
    const fragments = `fragment S on __Schema {${whole[1]}} ${whole[2]}`;

    expect(broken(text.includes('...S') ? `${text} ${fragments}` : text)).toEqual([
      expect.stringMatching(/introspection of this operation is [\d,]+; the limit is [\d,]+\. .*\/schema\.graphql/),
    ]);
  });

  it('and what lies beside it is held against those of data', () => {
    expect(broken(`{ __schema { queryType { name } } ${nest(4).slice(1)}`)).toEqual([expect.stringContaining('depth')]);
    expect(weigh('{ __type(name: "User") { fields { type { ofType { ofType { name } } } } } }')).toMatchObject({
      data: { depth: 0, selections: 0 },
      introspection: { depth: 6, selections: 6 },
      cost: { data: 0 },
    });
  });
});
