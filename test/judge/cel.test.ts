import { isIP } from 'node:net';
import { type CelEnv, CelScalar, celEnv, celFunc, celMethod, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { describe, expect, it } from '@jest/globals';
import { compileRule } from '../../lib/judge/cel/environment';
import { eachRule, type Variables } from '../../lib/judge/cel/rules';
import { find } from '../../lib/judge/pattern';
import { complete } from '../../lib/judge/schema';
import { checkStructure, rootSchema } from '../../lib/judge/structural';
import { loadSchema } from '../../lib/model/schemas';
import { readCases } from './oracles/cases';

type Typed = { readonly apiVersion: string; readonly kind: string };

/** A second implementation of CEL, which shares no code with the first. */
const environment: CelEnv = celEnv({
  funcs: [
    ...strings,
    celMethod('find', CelScalar.STRING, [CelScalar.STRING], CelScalar.STRING, function (pattern) {
      return find(pattern, this);
    }),
    celFunc('isIP', [CelScalar.STRING], CelScalar.BOOL, (text) => isIP(text) !== 0),
  ],
});
const plans = new Map<string, ReturnType<typeof plan>>();

function second(rule: string, { self, oldSelf }: Variables): boolean {
  const planned = plans.get(rule) ?? plan(environment, parse(rule));
  plans.set(rule, planned);
  return planned({ self: toInput(self), oldSelf: toInput(oldSelf) } as never) === true;
}

/** Maps of the second implementation are Maps. */
function toInput(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toInput);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return new Map(Object.entries(value).map(([key, inner]) => [key, toInput(inner)]));
}

function first(rule: string, variables: Variables): boolean {
  try {
    return compileRule(rule)(variables) === true;
  } catch {
    return false;
  }
}

describe('a second implementation of CEL', () => {
  it('agrees on every rule and case', () => {
    const rules = new Map<string, Set<boolean>>();
    const different: string[] = [];
    let evaluated = 0;
    for (const { id, object, old } of ['crd-fuzz-1', 'crd-fuzz-2', 'karpenter'].flatMap(readCases)) {
      const { apiVersion, kind } = object as Typed;
      const known = loadSchema(apiVersion, kind);
      if (known === undefined) throw new Error(`no schema for ${kind}`);
      const completed = complete(object, known);
      // Rules of a value that has not its shape are never asked.
      if (checkStructure(completed, known).length > 0) continue;
      const before = old === undefined ? undefined : { value: complete(old, known) };
      eachRule(rootSchema(known), completed, before, ({ rule }, variables) => {
        evaluated++;
        const ours = first(rule, variables);
        rules.set(rule, (rules.get(rule) ?? new Set()).add(ours));
        if (second(rule, variables) !== ours) different.push(`${id}: ${rule}`);
      });
    }
    const decided = [...rules.values()].filter((verdicts) => verdicts.size === 2).length;
    process.stdout.write(
      `CEL: ${evaluated} evaluations of ${rules.size} rules, ${decided} of which held and failed; ${different.length} differences\n`,
    );
    expect(different).toEqual([]);
    expect(decided).toBeGreaterThan(50);
  });

  it('can disagree', () => {
    expect(second('self > 1', { self: 1n, oldSelf: undefined })).toBe(false);
    expect(first('self > 1', { self: 2n, oldSelf: undefined })).toBe(true);
  });
});
