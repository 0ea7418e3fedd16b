const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');

// Where the layers of the CDK put their programs.
const PATH = '/opt/kubectl:/opt/awscli:/usr/bin:/bin';
const KUBECONFIG = '/tmp/kubeconfig';

/**
 * Writes the repository Secret of Argo CD from AWS Secrets Manager. A program of its own, because what the CDK's
 * kubectl handler applies is in its log; nothing of the secret is in the template, the event or a log here.
 */
exports.handler = async ({ RequestType, ResourceProperties: { cluster, secret, manifest } }) => {
  // From then on it is external-secrets' (ExternalSecret git-repository): it goes with the namespace.
  if (RequestType === 'Delete') return {};
  const { SecretsManager } = require('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManager().getSecretValue({ SecretId: secret });
  const object = JSON.parse(manifest);
  const credentials = fieldsOf(SecretString, secret);
  const env = { ...process.env, PATH, KUBECONFIG, HOME: '/tmp' };
  execFileSync('aws', ['eks', 'update-kubeconfig', '--name', cluster], { env, stdio: 'pipe' });
  writeFileSync(
    '/tmp/secret.json',
    JSON.stringify({ ...object, stringData: { ...object.stringData, ...credentials } }),
    { mode: 0o600 },
  );
  execFileSync('kubectl', ['apply', '--server-side', '--field-manager=bootstrap', '-f', '/tmp/secret.json'], {
    env,
    stdio: 'pipe',
  });
  return { PhysicalResourceId: `${cluster}/${object.metadata.name}` };
};

/** All fields, as external-secrets takes them later. The error of JSON.parse would quote the secret. */
function fieldsOf(text, name) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`secret ${name} is not JSON with username and password, or with sshPrivateKey`);
  }
}
