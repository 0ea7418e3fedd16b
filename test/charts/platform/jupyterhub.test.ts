import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Application } from '../../../imports/argoproj.io';
import type { ExternalSecret } from '../../../imports/external-secrets.io';
import { HUB_CONFIG_MAP, LABEL, TAINT } from '../../../lib/model/names';
import type { ClusterFile } from '../../../lib/schema/cluster';
import { CLUSTER, renderAll, VISION } from '../../support/fixtures';
import { find } from '../../support/objects';

const MODULE = resolve(__dirname, '../../../hub/tenantry');
const SSO = {
  issuer: 'https://id.example.com',
  clientId: 'hub',
  secret: 'tenantry/hub-oidc',
  admins: 'platform-engineers',
};

type Hub = NonNullable<ClusterFile['spec']['hub']>;
// biome-ignore lint/suspicious/noExplicitAny: values of a chart have the shape that the chart wants.
type Tree = any;

function render(hub: Hub = {}, tenants = [VISION]) {
  return renderAll(tenants, { ...CLUSTER, spec: { ...CLUSTER.spec, hub } });
}

function values(hub?: Hub, tenants?: (typeof VISION)[]): Tree {
  const { spec } = find<Application>(render(hub, tenants), 'Application', 'jupyterhub');
  return spec.source?.helm?.valuesObject;
}

const { hub, cull, singleuser } = values();

describe('the hub', () => {
  it('runs the files that its tests have tried, at their paths', () => {
    const files = readdirSync(MODULE, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(py|html)$/.test(path),
    );
    const shipped = Object.values<Tree>(hub.extraFiles).map(({ mountPath, stringData }) => [
      mountPath,
      stringData,
    ]);
    expect(shipped.sort()).toEqual(
      files
        .map((path) => [
          `/usr/local/etc/jupyterhub/tenantry/${path}`,
          readFileSync(join(MODULE, path), 'utf8'),
        ])
        .sort(),
    );
  });

  it('has classes, names and roots that are there', () => {
    const { spawner_class, authenticator_class } = hub.config.JupyterHub;
    const sso = values({ sso: SSO }).hub.config.JupyterHub.authenticator_class;
    for (const path of [spawner_class, authenticator_class, sso]) {
      const [, file, name] = path.split('.');
      expect(readFileSync(join(MODULE, `${file}.py`), 'utf8')).toContain(`class ${name}(`);
    }
    const tenants = readFileSync(join(MODULE, 'tenants.py'), 'utf8');
    expect(tenants).toContain(`CONFIG_MAP = "${HUB_CONFIG_MAP}"`);
    expect(tenants).toContain(`LABEL = "${LABEL.tenant}"`);
    expect(TAINT.tenant).toBe(LABEL.tenant);
  });

  it('is reached from the namespaces of tenants', () => {
    expect(hub.config.JupyterHub.hub_connect_url).toBe('http://hub.jupyterhub.svc.cluster.local:8081');
  });

  it('knows no tenant: a new one restarts nothing', () => {
    expect(values({}, [VISION])).toEqual(values({}, []));
  });

  it('restarts for new values, whose hash is its own', () => {
    const hash = (one: Hub) => values(one).hub.annotations['tenantry.dev/values'];
    expect(hash({})).toMatch(/^[0-9a-f]{64}$/);
    expect(hash({})).toBe(hash({}));
    expect(hash({ idleTimeout: '8h' })).not.toBe(hash({}));
  });

  it('keeps what the chart makes at random, and nothing else', () => {
    const { spec } = find<Application>(render(), 'Application', 'jupyterhub');
    expect(spec.syncPolicy?.syncOptions).toContain('RespectIgnoreDifferences=true');
    const pointers = spec.ignoreDifferences?.flatMap(({ jsonPointers = [] }) => jsonPointers) ?? [];
    expect(
      pointers.every((one) => one.startsWith('/data/hub.') || one.includes('/annotations/checksum~1')),
    ).toBe(true);
    expect(pointers).not.toContain('/data/values.yaml');
  });

  it('waits long enough for a cold GPU node before a profile is chosen', () => {
    expect(singleuser.startTimeout).toBeGreaterThan(393 * 2);
  });

  it('has the ceiling of all idle times', () => {
    expect(cull).toMatchObject({ enabled: true, timeout: 86400, adminUsers: true });
    expect(values({ idleTimeout: '8h' }).cull.timeout).toBe(28800);
  });
});

describe('accounts', () => {
  it.each([[{}], [{ sso: SSO }]])('are opened by no name in a list: %j', (one) => {
    expect(JSON.stringify(values(one).hub.config)).not.toMatch(
      /allowed_users|admin_users|allow_existing_users|blocked_users/,
    );
    expect(values(one).hub.config.Authenticator).toMatchObject({
      allow_all: false,
      auth_refresh_age: 300,
      refresh_pre_spawn: true,
    });
  });

  it('are signed up for and approved, with every limit written out', () => {
    expect(hub.config.NativeAuthenticator).toEqual({
      enable_signup: true,
      open_signup: false,
      ask_email_on_signup: true,
      check_common_password: true,
      minimum_password_length: 12,
      allowed_failed_logins: 5,
      seconds_before_next_try: 600,
      allow_2fa: false,
      import_from_firstuse: false,
    });
  });

  it('begin with the first administrator, whose password is made in the cluster', () => {
    const objects = render({ admin: 'root.admin' });
    expect(values({ admin: 'root.admin' }).hub.config.TenantAuthenticator).toEqual({
      first_admin: 'root.admin',
      first_admin_password_file: '/etc/tenantry/login/password',
    });
    const { spec } = find<ExternalSecret>(objects, 'ExternalSecret', 'hub-login');
    expect(spec).toMatchObject({ refreshPolicy: 'CreatedOnce', target: { deletionPolicy: 'Retain' } });
    expect(hub.extraVolumes).toEqual([{ name: 'login', secret: { secretName: 'hub-login' } }]);
  });

  it('are those of the provider with single sign-on, whose secret comes from the store', () => {
    const objects = render({ sso: SSO });
    const { config, networkPolicy } = values({ sso: SSO }).hub;
    expect(config.NativeAuthenticator).toBeUndefined();
    expect(config.TenantSingleSignOn).toMatchObject({
      issuer: 'https://id.example.com',
      client_secret_file: '/etc/tenantry/login/clientSecret',
      oauth_callback_url: 'https://hub.ml.example.com/hub/oauth_callback',
      admin_groups: ['platform-engineers'],
      username_claim: 'preferred_username',
    });
    expect(networkPolicy.egressAllowRules.nonPrivateIPs).toBe(true);
    expect(hub.networkPolicy.egressAllowRules.nonPrivateIPs).toBe(false);
    const { spec } = find<ExternalSecret>(objects, 'ExternalSecret', 'hub-login');
    expect(spec?.data?.[0]?.remoteRef.key).toBe('tenantry/hub-oidc');
  });
});

describe('the catalogue', () => {
  const { profiles, apiToken } = hub.config.TenantSpawner.catalogue;

  it('gives a CPU profile its size, node, class and shared memory', () => {
    expect(profiles.small).toEqual({
      displayName: 'CPU',
      ownPools: [],
      traits: {
        image: 'registry.example.com/ray:2.60.0-gpu',
        cpu_guarantee: 2,
        cpu_limit: 2,
        mem_guarantee: 8 * 2 ** 30,
        mem_limit: 8 * 2 ** 30,
        extra_resource_guarantees: {},
        extra_resource_limits: {},
        node_selector: { 'tenantry.dev/gpu-type': 'none' },
        priority_class_name: 'tenant-cpu',
        tolerations: [],
        volumes: { shm: { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '2457Mi' } } },
        volume_mounts: { shm: { name: 'shm', mountPath: '/dev/shm' } },
      },
    });
  });

  it('gives a GPU profile its GPU, and the taint, class and label of its type', () => {
    expect(profiles.gpu.traits).toMatchObject({
      extra_resource_limits: { 'nvidia.com/gpu': '1' },
      extra_resource_guarantees: { 'nvidia.com/gpu': '1' },
      node_selector: { 'tenantry.dev/gpu-type': 'a10g' },
      priority_class_name: 'tenant-gpu-a10g',
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Equal', value: 'a10g', effect: 'NoSchedule' }],
    });
  });

  it('names the tenants that have a pool of the type to themselves', () => {
    const spec = {
      ...CLUSTER.spec,
      profiles: {
        ...CLUSTER.spec.profiles,
        large: { displayName: 'H', cpu: 14, memory: '220Gi', gpu: 'h100' },
      },
    };
    const objects = renderAll([], { ...CLUSTER, spec });
    const all = find<Application>(objects, 'Application', 'jupyterhub').spec.source?.helm
      ?.valuesObject as Tree;
    expect(all.hub.config.TenantSpawner.catalogue.profiles.large.ownPools).toEqual(['vision']);
  });

  it('has a token for the API server that no service account mounts by itself', () => {
    expect(hub.config.KubeSpawner).toMatchObject({
      service_account: 'notebook',
      automount_service_account_token: false,
    });
    expect(Object.keys(apiToken.volumes)).toEqual(['api-token']);
  });

  it('has no list where a map is merged: a list would replace the home', () => {
    for (const field of ['volumes', 'volume_mounts', 'environment']) {
      expect(Array.isArray(hub.config.KubeSpawner[field])).toBe(false);
      expect(Array.isArray(profiles.gpu.traits[field])).toBe(false);
    }
  });
});
