import { describe, expect, it } from '@jest/globals';
import { datasetReaders, tenantData } from '../../lib/infrastructure/policies/tenant';
import type { Statement } from '../../lib/infrastructure/statement';
import { resolveCluster } from '../../lib/model/cluster';
import { dataGaps, samplesOf } from '../../lib/proofs/data';
import { allows, type Request } from '../../lib/proofs/iam';
import { CLUSTER } from '../support/fixtures';

const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const cluster = resolveCluster(
  {
    ...CLUSTER,
    spec: {
      ...CLUSTER.spec,
      account: place.account,
      datasets: {
        open: { prefix: 'datasets/open/', readers: 'all' },
        scans: { prefix: 'datasets/scans/', readers: ['nlp', 'vision'] },
        text: { prefix: 'datasets/text/', readers: ['nlp'] },
      },
    },
  },
  'clusters/lab.yaml',
);
const own = tenantData(cluster, place);
const datasets = datasetReaders(cluster, place);
const session = {
  role: `arn:aws:iam::111122223333:role/${cluster.name}-tenant`,
  tags: {
    'aws:PrincipalTag/eks-cluster-name': cluster.name,
    'aws:PrincipalTag/kubernetes-namespace': 'vision',
  },
  place,
};

const variable = (tag: string) => `\${aws:PrincipalTag/${tag}}`;
const NAMESPACE = variable('kubernetes-namespace');

const gaps = (statements: readonly Statement[]) =>
  dataGaps(statements, session, samplesOf(cluster, 'vision'));

/** The policies with one text of theirs changed. */
function changed(from: string, to: string): Statement[] {
  const text = JSON.stringify([...own, ...datasets]);
  expect(text.split(from).length).toBeGreaterThan(1);
  return JSON.parse(text.replace(from, to));
}

describe('what pods of a tenant may do in S3', () => {
  it('is what the samples say', () => {
    expect(gaps([...own, ...datasets])).toEqual([]);
  });

  const bucket = samplesOf(cluster, 'vision')[0]?.bucket;
  it.each<[string, string, string, RegExp]>([
    ['an end of the prefix that is open', `${NAMESPACE}/*"`, `${NAMESPACE}*"`, /the prefix of vision2/],
    ['a bucket name that is open', `${NAMESPACE}--`, `${NAMESPACE}*--`, /the bucket of vision2/],
    [
      'a cluster that is not named',
      `${variable('eks-cluster-name')}/`,
      '*/',
      /its prefix on another cluster/,
    ],
    [
      'lists of the whole bucket',
      `"${variable('eks-cluster-name')}/${NAMESPACE}/*"`,
      '"*"',
      /all of the data bucket/,
    ],
    [
      'a reader who is not listed',
      '["nlp","vision"]',
      '["nlp"]',
      /may list instead of get, list .*dataset scans/,
    ],
    ['a reader who was not granted', '["nlp"]', '["vision"]', /may get instead of nothing .*dataset text/],
    [
      'a dataset that can be written',
      '["s3:GetObject"]',
      '["s3:*Object"]',
      /put, delete instead .*dataset open/,
    ],
    ['a prefix that is not there', `${bucket}/$`, `${bucket}-old/$`, /its own prefix/],
  ])('is not, with %s', (_, from, to, found) => {
    expect(gaps(changed(from, to)).join()).toMatch(found);
  });
});

describe('a policy', () => {
  const request: Request = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/a/file',
    role: 'arn:aws:iam::1:role/r',
    keys: { 'aws:PrincipalTag/team': 'a' },
  };
  const statement = (change: Partial<Statement> = {}): Statement => ({
    Effect: 'Allow',
    Action: ['s3:getobject'],
    Resource: [`arn:aws:s3:::b/${variable('team')}/*`],
    ...change,
  });
  const may = (...statements: Statement[]) => allows(statements, request);

  it.each<[string, boolean, Partial<Statement>]>([
    ['names the action in any case', true, {}],
    ['names another action', false, { Action: ['s3:GetObjectAcl'] }],
    ['names actions by a pattern', true, { Action: ['s3:Get*'] }],
    ['has a dot that is a dot', false, { Resource: ['arn:aws:s3:::b/a/fil.'] }],
    ['has a mark for one character', true, { Resource: ['arn:aws:s3:::b/a/fil?'] }],
    ['reads a tag that the session has not', false, { Resource: [`arn:aws:s3:::b/${variable('unit')}*`] }],
    ['is for another role', false, { Principal: { AWS: ['arn:aws:iam::1:role/other'] } }],
    ['is for the role', true, { Principal: { AWS: ['arn:aws:iam::1:role/r'] } }],
    ['is for everybody', true, { Principal: '*' }],
    ['wants a tag', true, { Condition: { StringEquals: { 'aws:PrincipalTag/team': ['b', 'a'] } } }],
    ['wants another tag', false, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'b' } } }],
    ['wants a key that is not there', false, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    ['wants a tag like this', true, { Condition: { StringLike: { 'aws:PrincipalTag/team': '?' } } }],
  ])('that %s allows: %s', (_, allowed, change) => {
    expect(may(statement(change))).toBe(allowed);
  });

  it('denies before another allows', () => {
    expect(may(statement(), statement({ Effect: 'Deny' }))).toBe(false);
    expect(may()).toBe(false);
  });

  it('takes no pattern from a tag', () => {
    const keys = { 'aws:PrincipalTag/team': '*' };
    expect(allows([statement()], { ...request, keys })).toBe(false);
    expect(allows([statement()], { ...request, keys, resource: 'arn:aws:s3:::b/*/file' })).toBe(true);
  });

  it('with a condition that the proof does not know proves nothing', () => {
    expect(() => may(statement({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))).toThrow(
      'IpAddress',
    );
  });
});
