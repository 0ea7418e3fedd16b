import type { Pointer } from '../../../issue';
import { items } from '../path';
import type { Rule, Tell } from '../rule';

interface Destination {
  readonly server?: string;
  readonly name?: string;
  readonly namespace?: string;
}

interface Role {
  readonly name: string;
  readonly policies?: readonly string[];
  readonly groups?: readonly string[];
}

interface Project {
  readonly metadata?: { readonly name?: string };
  readonly spec?: {
    readonly destinations?: readonly Destination[];
    readonly sourceRepos?: readonly string[];
    readonly sourceNamespaces?: readonly string[];
    readonly roles?: readonly Role[];
  };
}

const NOTHING = '!*';

/** What Argo CD says against a project when it uses it (AppProject.ValidateProject of Argo CD v3.5.3). */
export const project: Rule<Project> = {
  id: 'project',
  class: 'controller',
  kinds: ['argoproj.io/v1alpha1/AppProject'],
  check({ metadata, spec = {} }, tell) {
    const places = new Set<string>();
    for (const [{ server = '', name = '', namespace = '' }, at] of items(spec.destinations, [
      'spec',
      'destinations',
    ])) {
      for (const [field, text] of Object.entries({ server, name, namespace })) {
        if (text === NOTHING) tell([...at, field], `"${NOTHING}" matches nothing`);
      }
      repeat(places, `${server || name}/${namespace}`, at, tell);
    }
    for (const field of ['sourceRepos', 'sourceNamespaces'] as const) {
      const seen = new Set<string>();
      for (const [text, at] of items(spec[field], ['spec', field])) {
        if (field === 'sourceRepos' && text === NOTHING) tell(at, `"${NOTHING}" matches nothing`);
        repeat(seen, text, at, tell);
      }
    }
    const names = new Set<string>();
    for (const [role, at] of items(spec.roles, ['spec', 'roles'])) {
      repeat(names, role.name, [...at, 'name'], tell);
      checkRole(role, metadata?.name ?? '', at, tell);
    }
  },
};

function checkRole({ name, policies, groups }: Role, owner: string, at: Pointer, tell: Tell): void {
  if (!/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(name))
    tell([...at, 'name'], 'must be letters, digits, "-" and "_"');
  const seen = new Set<string>();
  for (const [policy, pointer] of items(policies, [...at, 'policies'])) {
    repeat(seen, policy, pointer, tell);
    const problem = policyProblem(policy, owner, name);
    if (problem !== undefined) tell(pointer, problem);
  }
  const members = new Set<string>();
  for (const [group, pointer] of items(groups, [...at, 'groups'])) {
    repeat(members, group, pointer, tell);
    if (!isGroup(group)) tell(pointer, 'must be the name of a group, in quotes if it has commas');
  }
}

const RESOURCES = ['applications', 'applicationsets', 'repositories', 'clusters', 'exec', 'logs'];

/** A policy is six fields: `p, proj:<project>:<role>, <resource>, <action>, <project>/<object>, allow`. */
function policyProblem(policy: string, owner: string, role: string): string | undefined {
  const [p, subject, resource = '', action = '', object = '', effect, ...rest] = policy
    .split(',')
    .map((field) => field.replace(/^ +| +$/g, ''));
  if (effect === undefined || rest.length > 0 || p !== 'p')
    return 'must have six fields, the first of them "p"';
  if (subject !== `proj:${owner}:${role}`) return `must be about proj:${owner}:${role}`;
  if (!RESOURCES.includes(resource)) return `must be about one of ${RESOURCES.join(', ')}`;
  if (!/^(get|create|update|delete|sync|override|\*)$|(action|update|delete)\//.test(action))
    return `knows no action "${action}"`;
  const name = object.startsWith(`${owner}/`) ? object.slice(owner.length + 1) : '';
  if (!/^([*\w.-]+\/)?[*\w.-]+$/.test(name)) return `must be about objects of ${owner}/`;
  return effect === 'allow' || effect === 'deny' ? undefined : 'must end in allow or deny';
}

/** A group has no blanks around it, and commas only in quotes: it becomes a field of a policy. */
function isGroup(text: string): boolean {
  if (text.length > 1 && text !== text.trim()) return false;
  const quoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  const name = quoted ? text.slice(1, -1) : text.trim();
  return name !== '' && !/["\n\r\t]/.test(name) && (quoted || !name.includes(','));
}

function repeat(seen: Set<string>, text: string, at: Pointer, tell: Tell): void {
  if (seen.has(text)) tell(at, `repeats ${text}`);
  seen.add(text);
}
