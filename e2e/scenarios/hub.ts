import type { Browser } from 'playwright-core';
import { launchBrowser, Person } from '../hub/browser';
import { type Change, type Hub, PASSWORD, startHub } from '../hub/hub';
import { expectComplete, expectNoNotebook, notebookOf } from '../hub/pods';
import { changeTenant, HUB_NEEDS, hubLacks, makeDatasets, tenantData, withHubNodes } from '../hub/stage';
import { assert, type Scenario, type Stage } from '../scenario';
import { until } from '../wait';
import { moveTo, NEWCOMER, ownOf, removeNewcomer, withNewcomer } from './newcomer';

const TENANT = 'vision';
const GPU_TYPE = 'a10g';
const MEMBER = 'alan';
const ABSENT_MEMBER = 'edsger';
/** Seconds in which the hub has seen a change: it reads tenants anew after 10, services look every 5 here. */
const SEEN = 40;

interface Cast {
  readonly stage: Stage;
  readonly hub: Hub;
  readonly browser: Browser;
  readonly root: Person;
  readonly member: Person;
}

/** People at the real hub: sign-up, approval, grants, servers, and what ends them. */
export const hub: Scenario = {
  name: 'hub',
  says: 'in a browser: only approved members come in, see what is granted, start CPU and GPU servers in their tenant; impostors get nothing; tenants come, freeze and lose members while the hub runs; idle servers end',
  needs: HUB_NEEDS,
  once: true,
  lacks: hubLacks,
  run: (stage) =>
    play(stage, {}, async (cast) => {
      await approval(cast);
      await impostors(cast);
      await servers(cast);
      await newTenant(cast);
      await removedMember(cast);
      await administration(cast);
      await culling(cast);
      stage.note(
        'fakes: pods and volumes of KWOK, notebook servers, addresses; services look every 5 s, not 60',
      );
    }),
  twins: {
    'members listed in allowed_users': (stage) =>
      play(stage, { values: listing }, async (cast) => {
        await approval(cast);
        await impostors(cast);
      }),
    'no service that stops lost servers': (stage) =>
      play(stage, { values: withoutServices }, async (cast) => {
        await approval(cast);
        await cast.member.start(`${TENANT}--cpu-small`);
        await removedMember(cast);
      }),
    'tenants that are read once': (stage) =>
      play(stage, { values: readingOnce }, async (cast) => {
        await approval(cast);
        await newTenant(cast);
      }),
  },
};

async function play(stage: Stage, change: Change, story: (cast: Cast) => Promise<void>): Promise<void> {
  const before = await tenantData(stage, TENANT);
  await makeDatasets(stage, TENANT);
  await withHubNodes(stage, GPU_TYPE, async () => {
    const hub = await startHub(stage, change);
    const browser = await launchBrowser();
    try {
      const [root, member] = [
        await Person.arrive(browser, hub.url, 'admin', PASSWORD),
        await Person.arrive(browser, hub.url, MEMBER),
      ];
      await story({ stage, hub, browser, root, member });
      assert(hub.running(), 'the hub ended');
    } finally {
      await browser.close();
      await hub.stop();
      await changeTenant(stage, TENANT, before);
      for (const person of [MEMBER, 'member', ABSENT_MEMBER]) {
        const pods = await stage.api.list<{ apiVersion: string; kind: string; metadata: { name: string } }>(
          { apiVersion: 'v1', kind: 'Pod' },
          `hub.jupyter.org/username=${person}`,
        );
        for (const pod of pods) await stage.api.delete({ ...pod, apiVersion: 'v1', kind: 'Pod' });
      }
    }
  });
}

/** A member signs up, is refused, is approved, and comes in. */
async function approval({ root, member }: Cast): Promise<void> {
  const said = await member.signUp();
  assert(said.includes('sent to the admin'), `the page of the sign-up says: ${said}`);
  assert(!(await member.logIn()), 'a member came in before the approval');
  assert(await root.logIn(), 'the first administrator cannot log in');
  assert((await root.approvals())?.includes(MEMBER) === true, 'the sign-up is not on the page of approvals');
  await root.picture('hub-approvals', 'authorize', 'table');
  await root.decide(MEMBER, 'approve');
  assert(await member.logIn(), 'an approved member cannot log in');
  assert((await member.approvals()) === undefined, 'a member may approve others');
}

/** Names of members and of the administrator, and an approval by mistake, open nothing. */
async function impostors({ hub, browser, root }: Cast): Promise<void> {
  const impostor = await Person.arrive(browser, hub.url, ABSENT_MEMBER);
  await impostor.signUp();
  assert(!(await impostor.logIn()), `a stranger came in as ${ABSENT_MEMBER}`);
  await root.decide(ABSENT_MEMBER, 'discard');

  const usurper = await Person.arrive(browser, hub.url, 'admin');
  const said = await usurper.signUp();
  assert(said.includes('already in use'), `the page of the sign-up says: ${said}`);
  assert(!(await usurper.logIn()), 'a stranger came in as the administrator');

  const stranger = await Person.arrive(browser, hub.url, 'mallory');
  await stranger.signUp();
  await root.decide('mallory', 'approve');
  assert(!(await stranger.logIn()), 'somebody without a tenant came in');
}

/** What is granted, and nothing else; a CPU and a GPU server with everything. */
async function servers({ stage, member }: Cast): Promise<void> {
  const { profiles } = await tenantData(stage, TENANT);
  const offered = await member.profiles();
  const granted = profiles.map((name) => `${TENANT}--${name}`);
  assert(
    offered.join() === granted.join(),
    `on offer: ${offered.join(', ')}; granted: ${granted.join(', ')}`,
  );
  await member.picture('hub-profiles', 'spawn', '#kubespawner-profiles-list');
  await member.force('language--gpu-h100');
  await expectNoNotebook(stage, 'language', MEMBER, 5);

  await member.start(`${TENANT}--cpu-small`);
  await expectComplete(stage, TENANT, await notebookOf(stage, TENANT, MEMBER));
  await member.stop();
  await expectNoNotebook(stage, TENANT, MEMBER, SEEN);
  await member.start(`${TENANT}--gpu-${GPU_TYPE}`);
  await expectComplete(stage, TENANT, await notebookOf(stage, TENANT, MEMBER), GPU_TYPE);
}

/** A tenant comes while the hub runs; its lead approves; it is frozen, and its servers go. */
async function newTenant({ stage, hub, browser, root }: Cast): Promise<void> {
  const documents = ownOf(withNewcomer(stage.cluster, 'active'));
  const [lead, member] = [
    await Person.arrive(browser, hub.url, 'lead'),
    await Person.arrive(browser, hub.url, 'member'),
  ];
  await lead.signUp();
  await root.decide('lead', 'approve');
  assert(!(await lead.logIn()), 'the lead came in before the tenant was there');
  try {
    await moveTo(stage, documents, []);
    await until(async () => (await lead.logIn()) || undefined, 'a lead who may come in', SEEN);
    await member.signUp();
    const waiting = await lead.approvals();
    assert(waiting?.join() === 'member,lead', `the lead may decide on ${waiting?.join(', ')}`);
    await lead.decide('member', 'approve');
    assert(await member.logIn(), 'a member of the new tenant cannot log in');
    await member.start(`${NEWCOMER}--cpu-small`);
    await notebookOf(stage, NEWCOMER, 'member');
    await moveTo(stage, ownOf(withNewcomer(stage.cluster, 'frozen')), documents);
    await expectNoNotebook(stage, NEWCOMER, 'member', SEEN);
  } finally {
    await removeNewcomer(stage, documents);
  }
}

/** Who is taken out of the tenant file loses the server, and the way in. */
async function removedMember({ stage, member }: Cast): Promise<void> {
  const before = await tenantData(stage, TENANT);
  const users = before.members.users.filter((name) => name !== MEMBER);
  await changeTenant(stage, TENANT, { ...before, members: { ...before.members, users } });
  await expectNoNotebook(stage, TENANT, MEMBER, SEEN);
  await until(async () => !(await member.logIn()) || undefined, 'a removed member who is refused', SEEN);
  await changeTenant(stage, TENANT, before);
  await until(async () => (await member.logIn()) || undefined, 'a member who is back', SEEN);
}

/** The admin page shows who is there, and stops a server. */
async function administration({ stage, root, member }: Cast): Promise<void> {
  await member.start(`${TENANT}--cpu-small`);
  await root.picture('hub-admin', 'admin', 'table tbody tr');
  await root.stopAs(MEMBER);
  await expectNoNotebook(stage, TENANT, MEMBER, SEEN);
}

/** A hub that starts anew keeps servers; its culler ends idle ones. */
async function culling({ stage, hub, member }: Cast): Promise<void> {
  await member.start(`${TENANT}--cpu-small`);
  const { metadata } = await notebookOf(stage, TENANT, MEMBER);
  await hub.restart({});
  assert(await member.logIn(), 'nobody comes in after the hub has started anew');
  const kept = await notebookOf(stage, TENANT, MEMBER);
  assert(kept.metadata.uid === metadata.uid, 'the server did not outlive the hub');
  await hub.restart({ values: (values) => ({ ...values, cull: { ...values.cull, timeout: 10, every: 5 } }) });
  await expectNoNotebook(stage, TENANT, MEMBER, SEEN);
}

type Values = NonNullable<Change['values']>;

const listing: Values = (values) => {
  values.hub.config.Authenticator.allowed_users = [MEMBER, ABSENT_MEMBER];
  return values;
};

const withoutServices: Values = (values) => {
  values.hub.services = {};
  values.hub.loadRoles = {};
  return values;
};

const readingOnce: Values = (values) => {
  values.hub.config.TenantAuthenticator.max_age = 3600;
  return values;
};
