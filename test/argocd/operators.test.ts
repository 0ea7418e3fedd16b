import { describe, expect, it } from '@jest/globals';
import { COMPONENTS } from '../../charts/platform/components';
import type { Application, AppProject } from '../../imports/argoproj.io';
import { CHARTS } from '../../lib/model/charts';
import { renderManifests, SMALL, VISION } from '../support/fixtures';
import { find, ofKind } from '../support/objects';

const objects = renderManifests([VISION, SMALL]).map(({ object }) => object);
const applications = ofKind<Application>(objects, 'Application');
const charts = applications.filter(({ spec }) => spec.source?.helm !== undefined);
const definitions = applications.filter(({ metadata }) => metadata.name?.endsWith('-crds'));
const waveOf = ({ metadata }: Application) => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave']);
const wave = (name: string) => waveOf(find<Application>(objects, 'Application', name));

describe('the Application of a Helm chart', () => {
  it('is there for every chart of versions.yaml, and for no other', () => {
    expect(charts.map(({ metadata }) => metadata.name).sort()).toEqual(Object.keys(CHARTS).sort());
  });

  it.each(charts)(
    'pins $metadata.name to one version, and its release to the name of the component',
    (one) => {
      const reference = CHARTS[one.metadata.name as keyof typeof CHARTS];
      const { repoURL, chart, targetRevision, helm } = one.spec.source ?? {};
      expect({ repoURL, chart, version: targetRevision }).toEqual({
        repoURL: reference.repoURL,
        chart: reference.chart,
        version: reference.version,
      });
      expect(targetRevision).toMatch(/^v?\d+\.\d+\.\d+$/);
      // Argo CD takes an address with a scheme for no OCI registry.
      expect(repoURL).not.toContain('oci://');
      expect(helm?.releaseName).toBe(one.metadata.name);
    },
  );

  it.each(charts)('applies $metadata.name on the server, without CRDs and never by replacing', (one) => {
    expect(one.spec.source?.helm?.skipCrds).toBe(true);
    expect(one.spec.syncPolicy?.syncOptions).toContain('ServerSideApply=true');
    expect(one.spec.syncPolicy?.syncOptions).not.toContain('Replace=true');
  });
});

describe('the Application of CRDs', () => {
  it('is there for everything that versions.yaml names as a source', () => {
    const want = Object.values(CHARTS).flatMap(({ crds }) => crds.map(({ name }) => `${name}-crds`));
    expect(definitions.map(({ metadata }) => metadata.name).sort()).toEqual(want.sort());
  });

  it.each(definitions)('brings $metadata.name before everything, and never takes them away', (one) => {
    expect(waveOf(one)).toBe(0);
    expect(one.spec.syncPolicy?.automated).toMatchObject({ prune: false, allowEmpty: false });
    expect(one.spec.syncPolicy?.syncOptions).toContain('ServerSideApply=true');
    expect(one.metadata.finalizers).toBeUndefined();
  });

  it.each(Object.entries(CHARTS))('has the version of the program that %s installs', (_, chart) => {
    for (const { revision } of chart.crds) {
      expect(revision.replace(/^v/, '')).toBe(chart.appVersion.replace(/^v/, ''));
    }
  });

  it('brings what all ACK controllers share only once', () => {
    const whole = definitions.filter(
      ({ metadata, spec }) =>
        metadata.name?.startsWith('ack-') && spec.source?.directory?.exclude === undefined,
    );
    expect(whole.map(({ metadata }) => metadata.name)).toEqual(['ack-eks-crds']);
  });
});

describe('waves', () => {
  it.each([
    ['cert-manager', 'aws-load-balancer-controller', 'its webhook has a certificate of cert-manager'],
    ['cert-manager-config', 'nginx-ingress', 'NGINX does not start without the wildcard certificate'],
    ['aws-load-balancer-controller', 'nginx-ingress', 'its load balancer is made by the controller'],
    ['external-secrets-config', 'argo-cd-config', 'its secrets come from the store'],
    ['karpenter', 'karpenter-config', 'Karpenter defaults and checks node pools'],
    ['hub-access', 'jupyterhub', 'the hub does not start without its secret'],
    ['nginx-ingress', 'jupyterhub', 'its Ingress'],
    ['kueue', 'kueue-config', 'the webhook of Kueue must answer'],
    ['namespaces', 'calico', 'nothing makes namespaces on the way'],
  ])('%s comes before %s: %s', (before, after) => {
    expect(wave(before)).toBeLessThan(wave(after));
  });
});

describe('namespaces', () => {
  it('are there for every component, with a pinned level of Pod Security', () => {
    for (const namespace of new Set(COMPONENTS.map((component) => component.namespace))) {
      if (namespace === 'kube-system') continue;
      const { metadata } = find(objects, 'Namespace', namespace);
      expect(metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': expect.stringMatching(/^(privileged|restricted)$/),
        'pod-security.kubernetes.io/enforce-version': 'v1.36',
      });
      expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
    }
  });
});

describe('the default project', () => {
  it('permits nothing to nobody', () => {
    const { spec } = find<AppProject>(objects, 'AppProject', 'default');
    expect(spec).toMatchObject({ sourceRepos: [], destinations: [] });
    expect(spec.clusterResourceWhitelist).toBeUndefined();
    expect(spec.namespaceResourceBlacklist).toEqual([{ group: '*', kind: '*' }]);
  });

  it('is nobody’s project', () => {
    expect(applications.filter(({ spec }) => spec.project === 'default')).toEqual([]);
  });
});
