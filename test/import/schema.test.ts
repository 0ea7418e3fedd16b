import { describe, expect, it } from '@jest/globals';
import { readCustomResource } from '../../lib/import/crd';
import { formatJson } from '../../lib/import/json';
import { readKubernetes } from '../../lib/import/kubernetes';
import { withoutProse } from '../../lib/import/prose';
import { CRD, SWAGGER } from './fixtures';

const BARN = { group: 'farm.example.com', version: 'v1', kind: 'Barn' };

describe('withoutProse', () => {
  it('drops sentences and keeps fields that are called like them', () => {
    const schema = {
      title: 'x',
      properties: { title: { type: 'string', description: 'x', examples: [1], externalDocs: {} } },
    };
    expect(withoutProse(schema)).toEqual({ properties: { title: { type: 'string' } } });
  });

  it('reaches every place where a schema stands', () => {
    const inner = { type: 'string', description: 'x' };
    const bare = { type: 'string' };
    const places = {
      items: inner,
      not: inner,
      additionalProperties: inner,
      allOf: [inner],
      anyOf: [inner],
      oneOf: [inner],
    };
    const expected = {
      items: bare,
      not: bare,
      additionalProperties: bare,
      allOf: [bare],
      anyOf: [bare],
      oneOf: [bare],
    };
    expect(withoutProse(places)).toEqual(expected);
    expect(withoutProse({ additionalProperties: true })).toEqual({ additionalProperties: true });
  });

  it('keeps what is data: defaults, enums and the parts of a rule', () => {
    const rule = {
      rule: 'true',
      messageExpression: "'a'",
      fieldPath: '.a',
      reason: 'FieldValueInvalid',
      optionalOldSelf: true,
    };
    const schema = {
      default: { title: 'x' },
      enum: ['b', 'a'],
      'x-kubernetes-validations': [rule],
    };
    expect(withoutProse(schema)).toEqual(schema);
  });

  it('sorts keys and required fields', () => {
    expect(JSON.stringify(withoutProse({ type: 'object', required: ['b', 'a'] }))).toBe(
      '{"required":["a","b"],"type":"object"}',
    );
  });
});

describe('readCustomResource', () => {
  it('gives the schema of the served version with its kind, scope and source', () => {
    const schema = readCustomResource(CRD, BARN, 'example/farm v1');
    expect(schema['x-tenantry']).toEqual({ scope: 'Namespaced', source: 'example/farm v1' });
    expect(schema['x-kubernetes-group-version-kind']).toEqual([BARN]);
    expect(Object.keys(schema.properties ?? {})).toEqual([
      'apiVersion',
      'kind',
      'metadata',
      'spec',
      'status',
    ]);
    expect(JSON.stringify(schema)).not.toContain('prose');
  });

  it.each([
    ['does not serve version v1alpha1 of Barn', CRD, { ...BARN, version: 'v1alpha1' }],
    ['defines farm.example.com Barn, not farm.example.com Shed', CRD, { ...BARN, kind: 'Shed' }],
    ['not a CustomResourceDefinition', 'null', BARN],
    ['has the unknown scope Everywhere', CRD.replace('Namespaced', 'Everywhere'), BARN],
  ])('refuses a file that %s', (message, text, kind) => {
    expect(() => readCustomResource(text, kind, '')).toThrow(message);
  });
});

describe('readKubernetes', () => {
  const { definitions, kinds } = readKubernetes(SWAGGER, ['v1/Pod', 'v1/Namespace']);

  it('reads scopes from the paths', () => {
    expect(Object.entries(kinds).map(([key, { scope }]) => [key, scope])).toEqual([
      ['v1/Namespace', 'Cluster'],
      ['v1/Pod', 'Namespaced'],
    ]);
  });

  it('keeps the definitions that the kinds reach, without prose', () => {
    expect(Object.keys(definitions)).toContain('io.k8s.api.core.v1.Container');
    expect(Object.keys(definitions)).not.toContain('io.k8s.api.core.v1.Unreached');
    expect(JSON.stringify(definitions)).not.toContain('prose');
  });

  it('says what the API server accepts where the document does not', () => {
    expect(definitions['io.k8s.apimachinery.pkg.api.resource.Quantity']?.anyOf).toHaveLength(2);
    expect(definitions['io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1']).toHaveProperty(
      'x-kubernetes-preserve-unknown-fields',
    );
  });

  it('refuses kinds and references that lead nowhere', () => {
    expect(() => readKubernetes(SWAGGER, ['v1/Cow'])).toThrow('has no kind v1/Cow');
    const broken = SWAGGER.replace(/v1\.PodStatus"/, 'v1.Gone"');
    expect(() => readKubernetes(broken, ['v1/Pod'])).toThrow('has no definition io.k8s.api.core.v1.Gone');
  });
});

describe('formatJson', () => {
  it('breaks what does not fit, and reads back', () => {
    const value = { a: [1, 2], b: { c: 'x'.repeat(20) }, d: [] };
    expect(formatJson(value, 20)).toBe(
      `{\n "a": [1,2],\n "b": {\n  "c": "${'x'.repeat(20)}"\n },\n "d": []\n}\n`,
    );
    expect(JSON.parse(formatJson(value, 1))).toEqual(value);
    expect(formatJson(value)).toBe(`${JSON.stringify(value)}\n`);
  });
});
