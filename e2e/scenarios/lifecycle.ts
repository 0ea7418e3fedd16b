import type { Document } from '../dist';
import { cpuNodesOf, withNodes } from '../nodes';
import { kuberay } from '../operators/kuberay';
import { kwok } from '../operators/kwok';
import { scheduler } from '../operators/scheduler';
import type { Scenario, Stage } from '../scenario';
import { withTokens } from './kuberay-token';
import { expectActive, expectArchived, expectFrozen, makeHome } from './lifecycle-states';
import { moveTo, ownOf, removeNewcomer, withNewcomer } from './newcomer';

type Change = (document: Document) => Document | undefined;

/** What files of the newcomer are applied after one another, with what a twin changes in them. */
interface Life {
  readonly active: readonly Document[];
  readonly frozen: readonly Document[];
  readonly archived: readonly Document[];
}

/** A tenant is frozen, thawed, frozen again and archived: what runs goes first, access second, data not at all. */
export const lifecycle: Scenario = {
  name: 'lifecycle',
  says: 'frozen: KubeRay ends the Ray pods, new pods and jobs are refused, data and access stay; thawed: all is back; archived: Ray and access are gone, data stays',
  needs: [scheduler, kwok, kuberay],
  run: (stage) => live(stage, (life) => life, 60),
  twins: {
    'a RayCluster that is not suspended': (stage) =>
      live(stage, frozenWith(replacing('RayCluster', 'suspend: true', 'suspend: false')), SOON),
    'a frozen quota with room for pods': (stage) =>
      live(stage, frozenWith(replacing('ResourceQuota', 'pods: "0"', 'pods: "9"')), SOON),
    'a frozen tenant without its bindings': (stage) => live(stage, frozenWith(without('RoleBinding')), SOON),
    'a thawed RayCluster without the field suspend': (stage) =>
      live(stage, thawedWith(replacing('RayCluster', '  suspend: false\n', '')), SOON),
    'an archived tenant that keeps its bindings': (stage) =>
      live(stage, (life) => ({ ...life, archived: [...life.archived, ...bindingsOf(life.frozen)] }), SOON),
  },
};

/** Seconds within which a twin would have to come true. */
const SOON = 15;

/** Goes through the states; what is expected of a state must come true within so many seconds. */
async function live(stage: Stage, change: (life: Life) => Life, seconds: number): Promise<void> {
  const rendered = (state: 'active' | 'frozen' | 'archived') => ownOf(withNewcomer(stage.cluster, state));
  const first = rendered('active');
  const { active, frozen, archived } = change({
    active: first,
    frozen: rendered('frozen'),
    archived: rendered('archived'),
  });
  const own = { ...stage, documents: first };
  try {
    await moveTo(stage, first, []);
    await makeHome(stage.api);
    await withNodes(stage, cpuNodesOf(stage.documents, 2), () =>
      withTokens(own, async () => {
        await expectActive(own, 60);
        await moveTo(stage, frozen, first);
        await expectFrozen(own, seconds);
        await moveTo(stage, active, frozen);
        await expectActive(own, seconds);
        await moveTo(stage, frozen, active);
        await expectFrozen(own, seconds);
        await moveTo(stage, archived, frozen);
        await expectArchived(own, seconds);
      }),
    );
  } finally {
    await removeNewcomer(stage, first);
  }
}

function frozenWith(change: Change): (life: Life) => Life {
  return (life) => ({ ...life, frozen: life.frozen.flatMap((document) => change(document) ?? []) });
}

function thawedWith(change: Change): (life: Life) => Life {
  return (life) => ({ ...life, active: life.active.flatMap((document) => change(document) ?? []) });
}

function replacing(kind: string, text: string, by: string): Change {
  return (document) =>
    document.object.kind === kind ? { ...document, text: document.text.replace(text, by) } : document;
}

function without(kind: string): Change {
  return (document) => (document.object.kind === kind ? undefined : document);
}

function bindingsOf(documents: readonly Document[]): Document[] {
  return documents.filter(({ object }) => ['Role', 'RoleBinding'].includes(object.kind));
}
